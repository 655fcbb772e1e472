import { type BrowserContext, type CDPSession, expect, type Page } from '@playwright/test';

/** The cashier's passkey as the virtual authenticator hands it out: made once a process, then carried to each new tablet. */
type Credential = Awaited<ReturnType<typeof readCredential>>;
let cashierPasskey: Credential;

export interface OpenTill {
  readonly page: Page;
}

/** A fresh tablet: follows the demo's link, is set up, and the cashier signs in. Ends at the pad. */
export async function openTill(context: BrowserContext, origin: string): Promise<OpenTill> {
  const page = await context.newPage();
  const { session, authenticatorId } = await addAuthenticator(page);
  if (cashierPasskey) await session.send('WebAuthn.addCredential', { authenticatorId, credential: cashierPasskey });
  await activateTill(page, origin);
  const isKnown = cashierPasskey !== undefined;
  await page.getByRole('button', { name: /Alex/ }).click();
  if (!isKnown) await makePasskey(page);
  await expect(page.getByRole('button', { name: 'Charge', exact: true })).toBeVisible();
  cashierPasskey ??= await readCredential(session, authenticatorId);
  return { page };
}

/** Chosen before: the cashier makes a passkey on this device, also where others exist on other devices. */
export async function makePasskey(page: Page): Promise<void> {
  const enrol = page.getByRole('button', { name: 'Make my passkey' });
  const noPasskey = page.getByRole('button', { name: 'No passkey on this device? Make one' });
  await expect(enrol.or(noPasskey)).toBeVisible();
  if (await noPasskey.isVisible()) await noPasskey.click();
  await enrol.click();
}

/** Follows the demo's link and taps once. Another test may take the same code first: then the next one is asked for. */
export async function activateTill(page: Page, origin: string): Promise<void> {
  await expect(async () => {
    const { posLink } = (await (await page.request.get(`${origin}/api/v1/demo`)).json()) as { posLink: string };
    await page.goto('about:blank');
    await page.goto(posLink);
    await page.getByRole('button', { name: 'Set up this till' }).click();
    await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}

/** Keys an amount by the digits of its minor units and charges it. Ends at the code. */
export async function charge(page: Page, keys: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Amount to charge' })).toBeVisible();
  await page.keyboard.type(keys);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Let the customer scan' })).toBeVisible();
}

/** What the code on the screen says. */
export async function readCode(page: Page): Promise<string> {
  const code = page.locator('tandem-code');
  await expect(code.locator('svg')).toBeVisible();
  return code.evaluate((element) => (element as unknown as { text: string }).text);
}

async function addAuthenticator(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

async function readCredential(session: CDPSession, authenticatorId: string) {
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials[0];
}
