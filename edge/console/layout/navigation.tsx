import { Icon, type IconName } from '../parts/icon.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

interface Place {
  readonly name: string;
  readonly icon: IconName;
  readonly href: string;
  /** The page itself and those beneath it; the overview has none beneath. */
  readonly isHere: boolean;
}

/** The way through the console: a column beside the page, and on a narrow screen a panel that the menu button opens. */
export function Navigation({ view }: { view: ConsoleView }) {
  const { programme, participant, participants, path } = view;
  const at = (name: string, icon: IconName, href: string): Place => ({
    name,
    icon,
    href,
    isHere: path === href || (href !== places.overview(participant.code) && path.startsWith(`${href}/`)),
  });
  const books = [
    at('Overview', 'overview', places.overview(participant.code)),
    at('Payments', 'payments', places.payments(participant.code)),
    at('Accounts', 'accounts', places.accounts(participant.code)),
    at('Merchants', 'merchants', places.merchants(participant.code)),
  ];
  const centre = [
    at('Participants', 'participants', places.participants),
    at('Administrators', 'administrators', places.administrators),
    at('Centre keys', 'keys', places.keys),
    at('API keys', 'api-keys', places.apiKeys),
    at('Settings', 'settings', places.settings),
  ];
  return (
    <nav id="navigation" class="navigation" aria-label="Console" popover="auto">
      <a class="programme" href={places.overview(participant.code)}>
        <Mark />
        <span class="programme-name">{programme.name}</span>
        {programme.isDemo && <span class="chip demo">Demo</span>}
      </a>
      <div class="group">
        <h2 class="group-name" id="navigation-books">
          {participant.name}
          <span class="code">{participant.code}</span>
        </h2>
        <Places places={books} labelledBy="navigation-books" />
        {participants.length > 1 && (
          <a class="switch" href={places.participants}>
            Other participants
          </a>
        )}
      </div>
      <div class="group">
        <h2 class="group-name" id="navigation-centre">
          The programme
        </h2>
        <Places places={centre} labelledBy="navigation-centre" />
      </div>
      <form class="who" method="post" action={places.signOut}>
        <span class="who-name">{view.administratorName}</span>
        <button class="sign-out" type="submit">
          Sign out
        </button>
      </form>
    </nav>
  );
}

function Places({ places, labelledBy }: { places: readonly Place[]; labelledBy: string }) {
  return (
    <ul class="places" aria-labelledby={labelledBy}>
      {places.map(({ name, icon, href, isHere }) => (
        <li>
          <a class="place" href={href} aria-current={isHere ? 'page' : undefined}>
            <Icon name={icon} />
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Two sheets that lie over one another: request and authorisation, matched. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-under" x="3" y="3" width="17" height="17" rx="4.5" />
      <rect class="mark-over" x="12" y="12" width="17" height="17" rx="4.5" />
      <path class="mark-tick" d="M16.6 20.6l2.9 2.9 5-5.6" />
    </svg>
  );
}
