import type { Locator } from '@playwright/test';
import { showToCamera } from './support/camera.ts';
import { filmScreen, playFrames, recordFrames } from './support/film.ts';
import { expect, test } from './support/fixtures.ts';
import type { TillPage } from './support/till.ts';
import type { WalletPage } from './support/wallet.ts';

/** A hand that holds a phone before a tablet. */
const BY_HAND = { rotation: 5, perspective: 0.08, blur: 0.8 } as const;

/** Holds the phone before the till's camera until something has become of it. */
async function holdBeforeTill(wallet: WalletPage, till: TillPage, until: () => Promise<void>): Promise<void> {
  const film = filmScreen(wallet.twinCode, till.page, BY_HAND);
  await until();
  await film.stop();
}

for (const mode of ['split', 'cross-check'] as const) {
  test(`R2.1 to R2.5, ${mode}: the till's camera reads two codes in turn off the phone, and it is paid once`, async ({
    startCentre,
    createTill,
    createWallet,
  }) => {
    const centre = await startCentre();
    await centre.setPayCode({ mode });
    const [till, wallet] = [await createTill({ centre }), await createWallet({ centre })];
    await till.setUp();
    await wallet.signUp();
    await till.key('1250');
    await till.scanCustomer();
    await wallet.showCode();
    await holdBeforeTill(wallet, till, () => till.expectPaid('12.50'));

    await wallet.expectPaid('12.50');
    await expect(wallet.outcome).toContainText('Corner Café');
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 3_750 });
    const balance = await centre.trialBalance();
    expect(balance.faults).toEqual([]);
    expect(balance.debitsMinor).toBe(balance.creditsMinor);

    const onTill = await till.openReceipt();
    expect(onTill).toMatchObject({ Amount: '€12.50', Terminal: till.facts.terminalId, 'Voucher number': '000001' });
  });
}

test('a customer is scanned before the amount is keyed', async ({ till, wallet }) => {
  await till.scanCustomer();
  await wallet.showCode();
  await holdBeforeTill(wallet, till, () => expect(till.page.getByText('Customer scanned, up to €25.00')).toBeVisible());
  await till.key('420');
  await till.button('Charge €4.20').click();
  await till.expectPaid('4.20');
  await wallet.expectPaid('4.20');
});

test('a till without network says at the scan that it cannot charge a pay code, and one that waits is given back', async ({
  till,
  wallet,
}) => {
  await till.scanCustomer();
  await wallet.showCode();
  await holdBeforeTill(wallet, till, () => expect(till.page.getByText('Customer scanned, up to €25.00')).toBeVisible());
  await till.page.context().setOffline(true);
  await till.key('420');
  await till.button('Charge €4.20').click();
  await expect(till.page.getByText('No network: this customer cannot be charged now.')).toBeVisible();
  await expect(till.page.getByText('Customer scanned')).toBeHidden();

  await till.scanCustomer();
  await holdBeforeTill(wallet, till, () =>
    expect(till.scanStatus).toContainText('No network: this code cannot be charged now.'),
  );
  await till.button('Back').click();
  await till.button('Charge €4.20').click();
  await expect(till.code).toBeVisible();
});

test('a wallet without network shows codes that are paid, one after the other, and hears of it later', async ({
  till,
  wallet,
}) => {
  await wallet.page.context().setOffline(true);
  // The phone knows that it showed a code, and nothing more: it claims no payment.
  const shown = wallet.page.getByRole('link', { name: /Code shown.*Not known yet whether a shop took it/ });
  for (const [index, amount] of ['3.00', '4.00'].entries()) {
    await till.key(amount.replace('.', ''));
    await till.scanCustomer();
    await wallet.showCode();
    await expect(wallet.page.getByText('Works where the shop has a network')).toBeVisible();
    await holdBeforeTill(wallet, till, () => till.expectPaid(amount));
    await till.startNewSale();
    await wallet.button('Done').click();
    await expect(wallet.scanButton).toBeVisible();
    await expect(shown).toHaveCount(index + 1);
  }
  await wallet.page.context().setOffline(false);
  await expect(async () => {
    await wallet.page.reload();
    await wallet.expectBalance('43.00');
  }).toPass();
  await expect(shown).toHaveCount(0);
});

test("above the code's cap the phone is asked for a passkey on the exact amount, and only then it is paid", async ({
  till,
  wallet,
}) => {
  await till.key('3000');
  await till.scanCustomer();
  await wallet.showCode();
  await holdBeforeTill(wallet, till, async () => {
    await expect(till.page.getByText('Customer allows up to €25.00')).toBeVisible();
    await till.button('Ask for €30.00').click();
    await wallet.expectConsent('Corner Café', '30.00');
  });
  await expect(till.page.getByText('The customer is asked to confirm €30.00 on the phone')).toBeVisible();
  await wallet.payButton('30.00').click();
  await wallet.expectPaid('30.00');
  await till.expectPaid('30.00');
});

test("above the code's cap a phone without network cannot be asked: refused with the reason", async ({
  till,
  wallet,
  centre,
}) => {
  await wallet.page.context().setOffline(true);
  await till.key('3000');
  await till.scanCustomer();
  await wallet.showCode();
  await holdBeforeTill(wallet, till, () => till.button('Ask for €30.00').click());
  await expect(till.outcome).toContainText('This is more than the customer allowed.');
  expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5_000 });
});

test.describe('pictures of a code', () => {
  test('a photograph of one of the two is never enough', async ({ till, wallet, centre }) => {
    await till.key('500');
    await till.scanCustomer();
    await wallet.showCode();
    const [photograph] = await recordFrames(wallet.twinCode, 1);
    await showToCamera(till.page, photograph!, BY_HAND);
    await expect(till.scanStatus).toContainText('One of two');
    await expect(till.scanStatus).toContainText('Only one of the two codes was seen');
    await expect(till.outcome).toBeHidden();
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5_000 });
  });

  test('a recording that is played after its time is old, and says so', async ({
    startCentre,
    createTill,
    createWallet,
  }) => {
    const centre = await startCentre();
    const toleranceMs = 1_000;
    await centre.setPayCode({ toleranceMs, regenerateMs: toleranceMs });
    const [till, wallet] = [await createTill({ centre }), await createWallet({ centre })];
    await till.setUp();
    await wallet.signUp();
    await wallet.showCode();
    const recording = await recordFrames(wallet.twinCode, 12);
    const recordedAtMs = Date.now();
    await till.key('500');
    await till.scanCustomer();
    await expect.poll(() => Date.now() - recordedAtMs).toBeGreaterThan(2 * toleranceMs);
    const film = playFrames(recording, till.page, BY_HAND);
    await expect(till.scanStatus).toContainText('This code is old, like a picture of one.');
    await film.stop();
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5_000 });
  });

  test('a recording that is quick enough pays nothing at a second till once it was taken at the first', async ({
    startCentre,
    createTill,
    createWallet,
  }) => {
    // However long this machine takes to film and to play: what is tried here is the second use, not the age.
    const centre = await startCentre();
    await centre.setPayCode({ toleranceMs: 60_000 });
    const [till, second] = [await createTill({ centre }), await createTill({ centre })];
    const wallet = await createWallet({ centre });
    await till.setUp();
    await second.setUp();
    await wallet.signUp();
    for (const { page, till: at } of [till, second].map((one) => ({ page: one.page, till: one }))) {
      await at.key('500');
      await at.scanCustomer();
      await expect(page.locator('tandem-scanner')).toBeVisible();
    }
    await wallet.showCode();
    const recording = await recordFrames(wallet.twinCode, 12);
    const films = [playFrames(recording, till.page, BY_HAND), playFrames(recording, second.page, BY_HAND)];
    const paid = (one: TillPage) => one.outcome.getByRole('heading', { name: 'Paid', exact: true });
    const told = (one: TillPage) => one.page.getByText(/This code (was taken already|has paid for something already)/);
    const count = async (see: (one: TillPage) => Locator) =>
      (await Promise.all([till, second].map((one) => see(one).first().isVisible()))).filter(Boolean).length;
    await expect.poll(() => count(paid)).toBe(1);
    await expect.poll(() => count(told)).toBe(1);
    expect(await count(paid)).toBe(1);
    await Promise.all(films.map((film) => film.stop()));
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 4_500 });
  });
});

test('the two codes are never both to be seen, or neither, for who asked for less motion either', async ({
  wallet,
}) => {
  await wallet.showCode();
  const seen = await wallet.page.evaluate(async () => {
    const root = (function find(node: Document | ShadowRoot): ShadowRoot | undefined {
      for (const element of node.querySelectorAll('*')) {
        if (element.localName === 'tandem-twin-code') return element.shadowRoot ?? undefined;
        const found = element.shadowRoot && find(element.shadowRoot);
        if (found) return found;
      }
      return undefined;
    })(document)!;
    const counts = new Set<number>();
    const sides = new Set<string>();
    while (sides.size < 2) {
      await new Promise(requestAnimationFrame);
      const shown = [...root.querySelectorAll('svg')].filter((code) => getComputedStyle(code).visibility === 'visible');
      counts.add(shown.length);
      for (const { id } of shown) sides.add(id[0]!);
    }
    return { counts: [...counts], sides: [...sides].sort() };
  });
  expect(seen).toEqual({ counts: [1], sides: ['a', 'b'] });
});
