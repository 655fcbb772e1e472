import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { ledgerOf } from '../support/test-app.ts';
import { type ConsoleVisitor, fieldValue, openConsole } from './console-visitor.ts';

const ACCOUNTS = '/centre/100001/accounts';

let visitor: ConsoleVisitor;
let account: string;
let accountNumber: AccountNumber;

beforeAll(async () => {
  visitor = await openConsole();
  const issued = await visitor.send(ACCOUNTS, { label: 'Guest 12' });
  account = issued.location?.split('#')[0] ?? '';
  accountNumber = account.split('/').at(-1) as AccountNumber;
});

async function balance(): Promise<number | undefined> {
  return (await ledgerOf().accountDetails(accountNumber))?.balanceMinor;
}

describe('a card', () => {
  it('is issued with a code to claim it by', async () => {
    const page = await visitor.open(account);
    expect(page.html).toMatch(/\/wallet\/#claim=[A-Z2-7]{12}"/);
    expect(page.text).toContain('Not claimed yet');
    expect(page.html).toContain('aria-label="QR code: The card “Guest 12”"');
  });

  it('gets a new code on demand, which replaces the one before', async () => {
    const claimOf = (html: string) => /#claim=([A-Z2-7]{12})"/.exec(html)?.[1];
    const first = claimOf((await visitor.open(account)).html);
    const second = claimOf((await visitor.sendAndFollow(`${account}/claim-code`)).html);
    expect(second).not.toBe(first);
  });

  it('is found by number, ending, name and nothing else', async () => {
    for (const search of [accountNumber, accountNumber.slice(-4), 'guest', accountNumber.replace(/(.{4})/g, '$1 ')])
      expect((await visitor.open(`${ACCOUNTS}?search=${encodeURIComponent(search)}`)).text).toContain('Guest 12');
    expect((await visitor.open(`${ACCOUNTS}?search=%25`)).text).toContain('Nothing fits');
  });

  it('needs a name', async () => {
    const page = await visitor.send(ACCOUNTS, { label: ' ' });
    expect([page.status, page.text.includes('Enter a name of at most 40 characters.')]).toEqual([422, true]);
  });

  it('is not there under a number that is wrong, foreign or a shop’s', async () => {
    const { accountNumber: shopAccount } = (await ledgerOf().listAccounts({ kind: 'issuance', limit: 1 }))[0]!;
    for (const number of ['1000011234567890', '1234', shopAccount])
      expect((await visitor.open(`${ACCOUNTS}/${number}`)).status).toBe(404);
  });
});

describe('a top-up', () => {
  it('tops up once, however often the form is sent', async () => {
    const reference = fieldValue((await visitor.open(account)).html, 'reference');
    const fields = { amount: '12.50', reference };
    const sent = await Promise.all([1, 2, 3].map(() => visitor.send(`${account}/top-ups`, fields)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await balance()).toBe(1250);
    const page = await visitor.open(account);
    expect(page.text).toContain('Topped up €12.50.');
    expect(page.text).toContain('+12.50');
  });

  it('is another one with the next form', async () => {
    const page = await visitor.open(account);
    await visitor.send(`${account}/top-ups`, { amount: '7,5', reference: fieldValue(page.html, 'reference') });
    expect(await balance()).toBe(2000);
  });

  it('is not another amount under the same reference', async () => {
    const reference = fieldValue((await visitor.open(account)).html, 'reference');
    await visitor.send(`${account}/top-ups`, { amount: '1', reference });
    const page = await visitor.send(`${account}/top-ups`, { amount: '2', reference });
    expect([page.status, page.text.includes('This form was sent before with another amount.')]).toEqual([422, true]);
    expect(await balance()).toBe(2100);
  });

  it.each(['', '0', '-5', 'abc', '1.234', '1e3', '0x10', '99999999999', '１２'])(
    'refuses %j beside the field, and keeps what was typed and its reference',
    async (amount) => {
      const reference = fieldValue((await visitor.open(account)).html, 'reference');
      const page = await visitor.send(`${account}/top-ups`, { amount, reference });
      expect(page.status).toBe(422);
      expect(page.text).toContain('Enter an amount above zero');
      expect(fieldValue(page.html, 'reference')).toBe(reference);
      expect(fieldValue(page.html, 'amount')).toBe(amount);
      expect(await balance()).toBe(2100);
    },
  );

  it('needs a reference, so that no form without one moves money twice', async () => {
    for (const reference of ['', 'short', 'with spaces and more'])
      expect((await visitor.send(`${account}/top-ups`, { amount: '1', reference })).status).toBe(422);
    expect(await balance()).toBe(2100);
  });

  it('is for customers’ accounts alone', async () => {
    for (const kind of ['issuance', 'guarantee'] as const) {
      const [system] = await ledgerOf().listAccounts({ kind, limit: 1 });
      const fields = { amount: '1', reference: crypto.randomUUID() };
      expect((await visitor.send(`${ACCOUNTS}/${system?.accountNumber}/top-ups`, fields)).status).toBe(404);
    }
  });
});

describe('the address of a form', () => {
  it('leads back to the page that it stands on when it is loaded again', async () => {
    for (const form of ['top-ups', 'status', 'claim-code'])
      expect((await visitor.open(`${account}/${form}`)).location).toBe(account);
  });
});

describe('freezing', () => {
  it('needs a reason', async () => {
    const page = await visitor.send(`${account}/status`, { status: 'frozen', reason: '' });
    expect([page.status, page.text.includes('Say why')]).toEqual([422, true]);
    expect((await ledgerOf().accountDetails(accountNumber))?.status).toBe('open');
  });

  it('keeps who said so and why, and is undone in the same way', async () => {
    const frozen = await visitor.sendAndFollow(`${account}/status`, { status: 'frozen', reason: 'Phone <lost>' });
    expect(frozen.text).toContain('The account is frozen.');
    expect(frozen.text).toMatch(/Frozen\s+Phone <lost>\s+Kim/);
    const opened = await visitor.sendAndFollow(`${account}/status`, { status: 'open', reason: 'Found again' });
    expect(opened.text).toContain('The account is open.');
    const { statusChanges } = (await ledgerOf().accountDetails(accountNumber))!;
    expect(statusChanges.map(({ status, reason, by }) => [status, reason, by])).toEqual([
      ['open', 'Found again', 'Kim'],
      ['frozen', 'Phone <lost>', 'Kim'],
    ]);
  });

  it('closes nothing', async () => {
    expect((await visitor.send(`${account}/status`, { status: 'closed', reason: 'For good' })).status).toBe(422);
    expect((await ledgerOf().accountDetails(accountNumber))?.status).toBe('open');
  });
});
