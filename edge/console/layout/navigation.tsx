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
    at('Offline', 'offline', places.offline(participant.code)),
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

/** Two frames that interlock, as in the apps: a till and a phone, and the two codes they show each other. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect x="4.5" y="4.5" width="26" height="26" rx="8" />
      <path d="M36.5 17.6a8 8 0 0 1 7 7.9v10a8 8 0 0 1-8 8h-10a8 8 0 0 1-7.9-7" />
      <rect class="mark-core" x="13" y="13" width="9" height="9" rx="2.75" />
    </svg>
  );
}
