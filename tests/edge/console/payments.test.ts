import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import { createAuthoriseCall, type EnrolledTill, type EnrolledWallet, requestPayment } from '../../support/enrol.ts';
import { claimConsole, createConsoleAuthenticator } from '../support/administrator.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';
import { ConsoleVisitor } from './console-visitor.ts';

const PAYMENTS = '/centre/100001/payments';

let visitor: ConsoleVisitor;
let till: EnrolledTill;
let wallet: EnrolledWallet;

/** In the demo: 12.50 and 7.00 paid, one refused for want of money, one left waiting. */
beforeAll(async () => {
  till = await openTill();
  wallet = await openWallet();
  const passkey = await createConsoleAuthenticator();
  await claimConsole(passkey);
  visitor = new ConsoleVisitor(createClient(), passkey);
  await visitor.signIn(passkey);
  for (const amountMinor of [1250, 700, 99_900]) {
    const { request } = await requestPayment(till, amountMinor);
    await wallet.client.post('authorisations', await createAuthoriseCall(wallet, till, request));
  }
  await requestPayment(till, 333);
});

function traceKeysOf(html: string): string[] {
  return [...html.matchAll(/href="\/centre\/100001\/payments\/([A-Z0-9-]{22})"/g)].map(([, key]) => key ?? '');
}

describe('the overview', () => {
  it('says that the books balance, what came in today, and what was refused', async () => {
    const { text } = await visitor.open('/centre/100001');
    expect(text).toContain('The books balance.');
    expect(text).toMatch(/Takings €19\.50 Payments 2 Refused attempts 1/);
    expect(text).toMatch(
      /Money paid in 50\.00 .*Customers’ balances 1 account 30\.50 Owed to merchants 1 shop 19\.50 Total 50\.00 50\.00/,
    );
    expect(text).toContain('Takings per day, EUR, the last 14 days');
  });

  it('says so when they do not, and by how much', async () => {
    const { runInDurableObject } = await import('cloudflare:test');
    const change = (sign: number) =>
      runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
        storage.sql.exec(`UPDATE accounts SET credits_posted = credits_posted + ? WHERE kind = 'merchant'`, sign * 100);
      });
    await change(1);
    const { text } = await visitor.open('/centre/100001');
    expect(text).toContain('The books do not balance: they differ by €1.00.');
    expect(text).toContain('Debits do not equal credits.');
    expect((await visitor.open('/centre/participants')).text).toContain('Do not balance');
    await change(-1);
    expect((await visitor.open('/centre/100001')).text).toContain('The books balance.');
  });
});

describe('payments', () => {
  it('are listed newest first, with what became of them', async () => {
    const { html, text } = await visitor.open(PAYMENTS);
    expect(traceKeysOf(html).map((key) => key.slice(-2))).toEqual(['04', '03', '02', '01']);
    for (const shown of ['Waiting', 'Paid', '12.50', '1 refused attempt', 'Corner Café']) expect(text).toContain(shown);
  });

  it('are found by trace key, till, card, shop, status and day, all in the address', async () => {
    const { terminalId } = till.terminal.trusted.content;
    const ending = wallet.answer.cards[0]!.accountNumber.slice(-4);
    const today = new Date().toISOString().slice(0, 10);
    const expected: [string, number][] = [
      [`search=${terminalId}-000001-000002`, 1],
      [`search=${terminalId.toLowerCase()}`, 4],
      [`search=${ending}`, 2],
      ['search=0000', 0],
      ['status=paid', 2],
      ['status=waiting', 2],
      ['status=refused', 1],
      ['status=cancelled', 0],
      ['merchant=100001000000001', 4],
      ['merchant=999999999999999', 0],
      [`day=${today}`, 4],
      ['day=2020-02-29', 0],
      ['day=2021-02-29&status=bogus', 4],
      [`search=${terminalId}&status=paid&day=${today}&merchant=100001000000001`, 2],
    ];
    for (const [query, count] of expected) {
      const { html } = await visitor.open(`${PAYMENTS}?${query}`);
      expect([query, traceKeysOf(html).length]).toEqual([query, count]);
    }
  });

  it('that were refused say what came in and why, also where it proved no request', async () => {
    const request = encodeBase64url(encodeUtf8('a code that somebody changed'));
    const { terminalCertificate } = till.answer;
    await createClient().post('requests', { request, terminalCertificate });
    const { html, text } = await visitor.open(`${PAYMENTS}?status=refused`);
    const { terminalId } = till.terminal.trusted.content;
    expect(text).toContain(`Till ${terminalId}`);
    expect(text).toContain('Till’s request: Not a well-formed document in canonical form.');
    expect(text).toContain('Customer’s consent: There is not enough money on the account.');
    expect(traceKeysOf(html)).toHaveLength(1);
    const search = async (typed: string) =>
      (await visitor.open(`${PAYMENTS}?status=refused&search=${typed}`)).text.includes('Till’s request');
    expect([await search(terminalId), await search(`${terminalId}-000001`)]).toEqual([true, false]);
    expect((await visitor.open('/centre/100001')).text).toMatch(/Refused attempts 2/);
  });

  it('say what cannot be searched for', async () => {
    const page = await visitor.open(`${PAYMENTS}?search=%21%21`);
    expect([page.status, page.text.includes('Search for a trace key')]).toEqual([422, true]);
  });
});

describe('a payment', () => {
  const pathOf = (voucher: string) => {
    const { terminalId } = till.terminal.trusted.content;
    return `${PAYMENTS}/${terminalId}-000001-${voucher}`;
  };

  it('is shown with all eight fields, both parties’ evidence and the signed receipt', async () => {
    const { html, text } = await visitor.open(pathOf('000001'));
    const { terminalId, merchantNo } = till.terminal.trusted.content;
    for (const shown of [merchantNo, terminalId, '01', '100001', 'sale', '000001', '€12.50', 'Paid'])
      expect(text).toContain(shown);
    const { accountNumber } = wallet.answer.cards[0]!;
    expect(html).toContain(`/centre/100001/accounts/${accountNumber}`);
    const details = (await ledgerOf().paymentDetails(`${terminalId}-000001-000001` as never))!;
    const hex = [...details.requestHash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(text).toContain(hex);
    for (const name of ['Request, signed by the till', 'Passkey’s signature', 'Receipt, signed by the centre'])
      expect(text).toContain(name);
  });

  it('is shown with every refused attempt and its reason', async () => {
    const { text } = await visitor.open(pathOf('000003'));
    expect(text).toContain('There is not enough money on the account. insufficient_balance');
    expect(text).toContain('None of them moved money.');
  });

  it('is nothing under a trace key that was never heard of', async () => {
    expect((await visitor.open(pathOf('000099'))).status).toBe(404);
    expect((await visitor.open(`${PAYMENTS}/nonsense`)).status).toBe(404);
  });

  it('stands among the movements of the card that paid', async () => {
    const { accountNumber } = wallet.answer.cards[0]!;
    const { html, text } = await visitor.open(`/centre/100001/accounts/${accountNumber}`);
    expect(text).toContain('€30.50 can be spent now');
    expect(text).toMatch(/Payment Corner Café, [A-Z0-9-]{22} \d+ −7\.00/);
    expect(traceKeysOf(html)).toHaveLength(2);
  });

  it('counts as its shop’s takings', async () => {
    const list = await visitor.open('/centre/100001/merchants');
    expect(list.text).toMatch(/Corner Café 100001000000001 Open \d+ 2 19\.50 19\.50/);
    const shop = await visitor.open('/centre/100001/merchants/100001000000001');
    expect(shop.text).toMatch(/Takings today €19\.50 Payments today 2 Owed to the shop €19\.50/);
  });
});
