import * as v from 'valibot';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyEvidence } from '../../../shared/protocol/offline/verify-evidence.ts';
import { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import { type EnrolledTill, type EnrolledWallet, type OfflineSale, sellOffline } from '../../support/enrol.ts';
import { HOUR_MS, numberOf, openPayer, outcomeOf, wait } from '../offline/offline-world.ts';
import { openTill } from '../support/test-app.ts';
import { type ConsoleVisitor, openConsole } from './console-visitor.ts';

/** A phone is copied, both copies spend what was set aside; one sale comes in late. What an administrator sees of it and does. */

const ROOT = '/centre/100001/offline';

let visitor: ConsoleVisitor;
let till: EnrolledTill;
let payer: EnrolledWallet;
let first: OfflineSale;
let second: OfflineSale;

beforeAll(async () => {
  visitor = await openConsole();
  till = await openTill();
  payer = await openPayer();
});

afterEach(() => {
  vi.useRealTimers();
});

/** As a page shows it, four by four. */
function shownNumber(): string {
  return numberOf(payer).replace(/(.{4})(?=.)/g, '$1 ');
}

describe('before anything was spent', () => {
  it('the pages teach what will stand there, and name what is set aside', async () => {
    const exposure = (await visitor.open(ROOT)).text;
    expect(exposure).toMatch(/Set aside by phones €25.00 1 phone can spend now/);
    expect(exposure).toContain('No customer owes the programme anything.');
    expect(exposure).toContain('the worst that one copied phone can cost the programme is');
    const allowances = (await visitor.open(`${ROOT}/allowances`)).text;
    expect(allowances).toContain(shownNumber());
    expect(allowances).toContain('In use');
    expect((await visitor.open(`${ROOT}/evidence`)).text).toContain('Nobody has spent the same money twice.');
    expect((await visitor.open(`${ROOT}/late-arrivals`)).text).toContain('No payment has come in late.');
    expect((await visitor.open(`${ROOT}/evidence/1`)).status).toBe(404);
    expect((await visitor.open('/centre/100001')).text).not.toContain('double spend');
  });
});

describe('money spent twice', () => {
  it('is one line on the overview, and in the lists', async () => {
    const copy = { wallet: payer.wallet.clone() };
    first = await sellOffline(payer, till, 1_250);
    second = await sellOffline(copy, await openTill(), 2_350);
    wait(6 * HOUR_MS);
    expect(await outcomeOf(first.byTill)).toBe('paid');
    expect(await outcomeOf(second.byTill)).toBe('paid');
    const overview = (await visitor.open('/centre/100001')).text;
    expect(overview).toContain('1 double spend in the last seven days.');
    expect(overview).toContain('1 customer owes the programme €23.50 for money spent twice.');
    expect((await visitor.open(`${ROOT}/evidence`)).text).toMatch(/Two payments in one place .* Paid by guarantee/);
    expect((await visitor.open(`${ROOT}/allowances`)).text).toContain('Withdrawn');
    expect((await visitor.open(`${ROOT}/late-arrivals`)).text).toMatch(/6 hours late/);
    expect((await visitor.open(ROOT)).text).toMatch(/Guaranteed so far €23.50/);
  });

  it('is told with both consents side by side', async () => {
    const { text } = await visitor.open(`${ROOT}/evidence/1`);
    expect(text).toMatch(/Paid first .* agreed to pay €12.50 to .* as payment number 1 , which makes €12.50/);
    expect(text).toMatch(/Came after .* agreed to pay €23.50 to .* as payment number 1 , which makes €23.50/);
    expect(text).toContain('From what was set aside');
    expect(text).toContain('From the programme’s guarantee');
    expect(text).toContain('npm run verify-evidence tandem-evidence-1.json');
  });

  it('is proven by the file that can be downloaded', async () => {
    const answer = await visitor.client.send('GET', `${ROOT}/evidence/1/file`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="tandem-evidence-1.json"');
    const file = v.parse(EvidenceFile, await answer.json());
    expect(await verifyEvidence(file)).toMatchObject({ ok: true, value: { contradiction: 'same-place' } });
    expect((await visitor.client.send('GET', `${ROOT}/evidence/7/file`)).status).toBe(404);
  });

  it('says on the payment who paid, and how late it came in', async () => {
    const { traceKey } = (await adminGet('offline/double-spends')).doubleSpends[0];
    const { text } = await visitor.open(`/centre/100001/payments/${traceKey}`);
    expect(text).toContain('The programme’s guarantee');
    expect(text).toMatch(/Taken by the till on its own at .*, handed in by .* 6 hours later/);
    // The time of a payment is when it was paid; when it was settled stands beside it.
    const [, paid, settled] = /Paid (\w{3}, .*?:\d\d).* Settled (\w{3}, .*?:\d\d)/.exec(text)!;
    expect(settled).not.toBe(paid);
    expect((await visitor.open('/centre/100001/payments')).text).toMatch(/settled \d/);
    expect((await visitor.open(`/centre/100001/accounts/${numberOf(payer)}`)).text).toMatch(/settled \d/);
  });
});

describe('the debt', () => {
  it('is collected from the card once, as far as it goes', async () => {
    const here = `/centre/100001/accounts/${numberOf(payer)}`;
    expect((await visitor.open(here)).text).toContain('The customer owes the programme €23.50');
    const collected = await visitor.sendAndFollow(`${here}/debt-collections`);
    expect(collected.text).toMatch(/Collected €23.50 from the card. Nothing is owed any more./);
    const again = await visitor.send(`${here}/debt-collections`);
    expect(again.status).toBe(404);
    expect((await visitor.open(`${ROOT}/evidence/1`)).text).toContain('Nothing is owed.');
  });

  it('keeps nobody from unfreezing the account', async () => {
    const page = await visitor.open(`${ROOT}/evidence/1`);
    expect(page.text).toContain('Unfreeze the account');
    const reason = /name="reason" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const opened = await visitor.sendAndFollow(`/centre/100001/accounts/${numberOf(payer)}/status`, {
      status: 'open',
      reason,
    });
    expect(opened.text).toContain('The account is open.');
    expect(opened.text).toContain('Cleared up: double spend 1');
  });
});

describe('the same over the API', () => {
  it('has every list, and the proof', async () => {
    expect(await adminGet('offline/exposure')).toMatchObject({ guaranteedMinor: 2_350, owedMinor: 0, doubleSpends: 1 });
    expect((await adminGet('offline/allowances')).allowances).toMatchObject([{ status: 'revoked', payments: 2 }]);
    expect((await adminGet('offline/late-arrivals')).lateArrivals).toHaveLength(2);
    expect((await adminGet('offline/debts')).debts).toEqual([]);
    expect(v.is(EvidenceFile, await adminGet('offline/double-spends/1/evidence'))).toBe(true);
    expect((await adminGet('offline/double-spends/7/evidence')).code).toBe('not_found');
  });
});

// biome-ignore lint/suspicious/noExplicitAny: every test looks at other members of the answer.
async function adminGet(path: string): Promise<any> {
  return (await visitor.client.get(`administration/${path}`)).body;
}
