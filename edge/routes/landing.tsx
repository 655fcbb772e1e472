import type { Context } from 'hono';
import { Hono } from 'hono';
import { loadProgramme } from '../clearing/load-programme.ts';
import { EntryPage } from '../console/layout/entry-page.tsx';
import { linkActivation } from '../console/operations/shops.ts';
import { places } from '../console/places.ts';
import type { Env } from '../env.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { originsOf } from '../security/origins.ts';
import { problemOf } from '../security/problem.ts';
import { type ApiEnv, requireSession } from './api-context.ts';
import { openDemo } from './open-demo.ts';

/** The front door: where the three parts are, and in a demo how to make a first payment. */
export const landingRoutes = new Hono<ApiEnv>()
  .get('/', async (c) => {
    const programme = await loadProgramme(c.env);
    const siteName = programme?.view.name ?? 'Tandem';
    return c.html(
      c.env.DEMO === '1' ? (
        <DemoLanding env={c.env} />
      ) : (
        <PlainLanding env={c.env} siteName={siteName} hasProgramme={programme !== undefined} />
      ),
    );
  })
  // Whether a receipt is genuine anyone may ask: the wallet's page needs no wallet, and from the second time on no network.
  .get('/verify', (c) => c.redirect(`${originsOf(c.env).walletOrigin}/wallet/verify`, 303))
  .get('/demo/till', async (c) => {
    if (c.env.DEMO !== '1') return c.notFound();
    if (await hasTill(c)) return c.redirect(`${originsOf(c.env).posOrigin}/pos/`, 303);
    const opened = await openDemo(c.env);
    return opened.ok ? c.redirect(linkActivation(c.env, opened.value.activationCode), 303) : problemOf(opened);
  });

/** A browser that is a till already just opens it. */
async function hasTill(c: Context<ApiEnv>): Promise<boolean> {
  const session = await requireSession(c, 'pos');
  if (!session.ok) return false;
  const { ledger, tokenHash } = session.value;
  using registry = openRegistry(ledger);
  return (await registry.tills.findSession(tokenHash)) !== undefined;
}

function DemoLanding({ env }: { env: Env }) {
  const { walletOrigin } = originsOf(env);
  return (
    <EntryPage
      title="Make a first payment"
      siteName="Demo Canteen"
      lead={
        <>
          Open the till in one window and the wallet in another; a new wallet is given 50.00 of play money. Key an
          amount on the till, scan its code from the wallet (it can read the till off this screen), and confirm.
        </>
      }
    >
      <div class="stack">
        <nav class="stack" aria-label="Parts of the demo">
          <a class="button primary large wide" href="/demo/till" target="_blank" rel="noopener">
            Open the till
          </a>
          <a class="button large wide" href={`${walletOrigin}/wallet/`} target="_blank" rel="noopener">
            Open the wallet
          </a>
          <a class="button large wide" href="/centre" target="_blank" rel="noopener">
            Open the console
          </a>
        </nav>
        <p class="quiet small">
          This is a demo, open to anyone who reaches this address. <a href="/verify">Check a receipt</a> ·{' '}
          <a href="/api/v1/docs">The API</a>
        </p>
      </div>
    </EntryPage>
  );
}

interface PlainLandingProps {
  readonly env: Env;
  readonly siteName: string;
  readonly hasProgramme: boolean;
}

function PlainLanding({ env, siteName, hasProgramme }: PlainLandingProps) {
  const { posOrigin, walletOrigin } = originsOf(env);
  // Before there is a programme, neither a till nor a wallet has anything to do here.
  if (!hasProgramme) {
    return (
      <EntryPage
        title="Nothing is set up here yet"
        siteName={siteName}
        lead="Whoever runs this server sets up the programme, with the code that was printed when it was started."
      >
        <a class="button primary large wide" href={places.setup}>
          Set up the programme
        </a>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Pay by QR code" siteName={siteName}>
      <div class="stack">
        <nav class="stack" aria-label="Parts">
          <a class="button primary large wide" href={`${walletOrigin}/wallet/`}>
            Wallet
          </a>
          <a class="button large wide" href={`${posOrigin}/pos/`}>
            Till
          </a>
          <a class="button large wide" href="/centre">
            Console
          </a>
        </nav>
        <p class="quiet small">
          <a href="/verify">Check a receipt</a> · <a href="/api/v1/docs">The API</a>
        </p>
      </div>
    </EntryPage>
  );
}
