import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../../shared/protocol/offline/verify-evidence.ts';
import { expectDone } from '../../support/api-client.ts';
import {
  consentOffline,
  createClosingText,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
  renewAllowance,
  sellOffline,
} from '../../support/enrol.ts';
import { ledgerOf, openTill } from '../support/test-app.ts';
import { balanceOf, enrolParties, HOUR_MS, numberOf, openDesk, outcomeOf, ringAlarm, wait } from './offline-world.ts';

const parties = enrolParties();

describe('a copied phone', () => {
  let copy: Pick<EnrolledWallet, 'wallet'>;
  let other: EnrolledTill;

  beforeAll(async () => {
    other = await openTill();
  });

  beforeEach(() => {
    copy = { wallet: parties.payer.wallet.clone() };
  });

  async function findEvidence() {
    using desk = openDesk();
    const found = (await desk.doubleSpends()).filter(({ accountNumber }) => accountNumber === numberOf(parties.payer));
    const files = await Promise.all(found.map(({ id }) => desk.evidenceFile(id)));
    const proven = await Promise.all(files.map((file) => verifyEvidence(JSON.parse(JSON.stringify(file)))));
    return { found, proven };
  }

  it.each([
    ['the original', 'the copy'],
    ['the copy', 'the original'],
  ])(
    'pays once from the reserve and once from the guarantee, with %s first: proven, withdrawn, frozen',
    async (first) => {
      const sales = [await sellOffline(parties.payer, parties.till, 1_500), await sellOffline(copy, other, 2_000)];
      wait(HOUR_MS);
      if (first === 'the copy') sales.reverse();
      const [one, two] = sales as [(typeof sales)[0], (typeof sales)[0]];
      expect(await outcomeOf(one.byTill)).toBe('paid');
      expect(await outcomeOf(two.byTill)).toBe('paid');
      const { found, proven } = await findEvidence();
      expect(found).toMatchObject([{ contradiction: 'same-place', outcome: 'guarantee' }]);
      expect(proven).toMatchObject([{ ok: true, value: { contradiction: 'same-place' } }]);
      const reservePaid = first === 'the copy' ? 2_000 : 1_500;
      expect(await balanceOf(parties.payer)).toEqual({
        balanceMinor: 5_000 - reservePaid,
        heldMinor: 2_500 - reservePaid,
        availableMinor: 2_500,
        status: 'frozen',
      });
      for (const { byTill, byWallet } of [one, two]) {
        expect(await outcomeOf(byTill)).toBe('paid');
        expect(await outcomeOf(byWallet)).toBe('paid');
      }
      // The debt is taken from what is on the account, frozen as it is.
      using desk = openDesk();
      const accountNumber = numberOf(parties.payer);
      const owedMinor = 3_500 - reservePaid;
      const debts = await desk.debts();
      expect(debts.find((debt) => debt.accountNumber === accountNumber)).toMatchObject({ owedMinor });
      const collected = { ok: true, value: { collectedMinor: owedMinor, owedMinor: 0 } };
      expect(await desk.collectDebt({ accountNumber, by: 'Ada' })).toEqual(collected);
      expect(await desk.collectDebt({ accountNumber, by: 'Ada' })).toMatchObject({ code: 'not_found' });
    },
  );

  it('does not have the guarantee pay on its own word; the till’s comes later, and counts', async () => {
    const [one, two] = [await sellOffline(parties.payer, parties.till, 700), await sellOffline(copy, other, 800)];
    wait(HOUR_MS);
    expect(await outcomeOf(one.byWallet)).toBe('paid');
    expect(await outcomeOf(two.byWallet)).toBe('double_spent');
    expect(await outcomeOf(two.byWallet)).not.toBe('paid');
    expect((await findEvidence()).found).toMatchObject([{ outcome: 'refused' }]);
    expect(await outcomeOf(two.byTill)).toBe('paid');
    const { found, proven } = await findEvidence();
    expect(found).toMatchObject([{ outcome: 'guarantee' }]);
    expect(proven.every(({ ok }) => ok)).toBe(true);
  });

  it('is paid by nobody at a till that knew: its list names the allowance', async () => {
    const [one, two] = [await sellOffline(parties.payer, parties.till, 700), await sellOffline(copy, other, 800)];
    const knowing = await sellOffline(copy, other, 100, {}, { version: 1_000, issuedAtMs: Date.now() });
    wait(HOUR_MS);
    for (const { byTill } of [one, two]) expect(await outcomeOf(byTill)).toBe('paid');
    expect(await outcomeOf(knowing.byTill)).toBe('double_spent');
  });

  it('is paid by nobody at a till that went by a list too old, or by one that names it whatever version it says', async () => {
    const [one, two] = [await sellOffline(parties.payer, parties.till, 700), await sellOffline(copy, other, 800)];
    const tooOld = { version: 0, issuedAtMs: Date.now() - 72 * HOUR_MS - 2_000 };
    const stale = await sellOffline(copy, other, 100, {}, tooOld);
    wait(HOUR_MS);
    for (const { byTill } of [one, two]) expect(await outcomeOf(byTill)).toBe('paid');
    wait(2_000);
    const lying = await sellOffline(copy, other, 100, {}, { version: 0, issuedAtMs: Date.now() });
    expect(await outcomeOf(stale.byTill)).toBe('double_spent');
    // It contradicts nothing that was paid, and there is enough set aside.
    expect(await outcomeOf(lying.byTill)).toBe('allowance_revoked');
  });

  it('that its original closes behind is found out: by the statement, or by what comes in after it', async () => {
    const hidden = await sellOffline(copy, other, 900);
    const shown = await sellOffline(parties.payer, parties.till, 400);
    expectDone(
      await renewAllowance(parties.payer, { closing: await createClosingText(parties.payer), isWanted: false }),
    );
    wait(HOUR_MS);
    expect(await outcomeOf(hidden.byTill)).toBe('paid');
    const { found, proven } = await findEvidence();
    expect(found).toMatchObject([{ contradiction: 'not-given', outcome: 'guarantee' }]);
    expect(proven).toMatchObject([{ ok: true, value: { contradiction: 'not-given' } }]);
    expect(await outcomeOf(shown.byTill)).toBe('paid');
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_600, heldMinor: 0, status: 'frozen' });
  });

  it('that was paid before its original closes: nothing is given back, and the account is frozen', async () => {
    const hidden = await sellOffline(copy, other, 900);
    expect(await outcomeOf(hidden.byTill)).toBe('paid');
    expectDone(
      await renewAllowance(parties.payer, { closing: await createClosingText(parties.payer), isWanted: false }),
    );
    const { found, proven } = await findEvidence();
    expect(found).toMatchObject([{ contradiction: 'not-given', outcome: 'reserve' }]);
    expect(proven[0]).toMatchObject({ ok: true });
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_100, heldMinor: 1_600, status: 'frozen' });
    wait(100 * HOUR_MS);
    await ringAlarm();
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 0 });
  });

  it('is paid by the guarantee as often as it is copied, each time with its proof', async () => {
    const one = await sellOffline(parties.payer, parties.till, 2_500);
    expect(await outcomeOf(one.byTill)).toBe('paid');
    const tills = [await openTill(), await openTill(), other];
    const sales = [];
    for (const each of tills) sales.push(await sellOffline({ wallet: copy.wallet.clone() }, each, 2_500));
    for (const { byTill } of sales) expect(await outcomeOf(byTill)).toBe('paid');
    const { found, proven } = await findEvidence();
    expect(found).toHaveLength(3);
    expect(proven.every(({ ok }) => ok)).toBe(true);
    using desk = openDesk();
    expect(await desk.exposure()).toMatchObject({
      terminals: expect.arrayContaining([
        { terminalId: tills[0]!.terminal.trusted.content.terminalId, guaranteedMinor: 2_500 },
      ]),
    });
  });

  it('gives any number of consents to one request, which a till takes: a few are kept, with what they prove', async () => {
    const another = { wallet: copy.wallet.clone() };
    for (const sale of [
      await sellOffline(parties.payer, parties.till, 700),
      await sellOffline(another, parties.till, 100),
    ])
      expect(await outcomeOf(sale.byTill)).toBe('paid');
    const request = await makeRequest(other, 800);
    const knowing = { version: 1_000, issuedAtMs: Date.now() };
    const consents = [];
    for (let count = 0; count < 7; count += 1) {
      wait(1);
      consents.push(await consentOffline({ wallet: copy.wallet.clone() }, other, request, {}, knowing));
    }
    wait(HOUR_MS);
    const ends = [];
    for (const { byTill } of consents) ends.push(await outcomeOf(byTill));
    expect(ends).toEqual([...Array(4).fill('double_spent'), ...Array(3).fill('account_frozen')]);
    const { found, proven } = await findEvidence();
    expect([found.length, proven.every(({ ok }) => ok)]).toEqual([1 + 4, true]);
    const kept = await runInDurableObject(ledgerOf(), (_, { storage: { sql } }) => {
      const ofRequest = 'SELECT * FROM acceptances WHERE request = (SELECT request FROM double_spends WHERE id = ?)';
      return sql.exec(ofRequest, found[0]!.id).toArray().length;
    });
    expect(kept).toBe(4);
  });

  it('is paid by the guarantee no further than its till may take out of one allowance', async () => {
    const own = await openTill();
    const one = await sellOffline(parties.payer, parties.till, 2_500);
    expect(await outcomeOf(one.byTill)).toBe('paid');
    const sales = [];
    for (const amountMinor of [1_000, 1_500, 100])
      sales.push(await sellOffline({ wallet: copy.wallet.clone() }, own, amountMinor));
    const [first, second, above] = sales;
    for (const sale of [first!, second!]) expect(await outcomeOf(sale.byTill)).toBe('paid');
    for (const call of [above!.byTill, above!.byWallet]) expect(await outcomeOf(call)).toBe('double_spent');
    expect((await findEvidence()).found).toMatchObject([{ outcome: 'refused' }, {}, {}]);
  });

  it('is paid by the guarantee less what its till had taken besides and not handed in, and not less what it had', async () => {
    const [slow, prompt] = [await openTill(), await openTill()];
    const another = { wallet: copy.wallet.clone() };
    const sales = [await sellOffline(parties.payer, slow, 1_500), await sellOffline(copy, slow, 1_001)];
    const heard = await sellOffline(parties.payer, prompt, 500);
    expect(await outcomeOf(heard.byTill)).toBe('paid');
    wait(HOUR_MS);
    const later = await sellOffline(another, prompt, 2_500);
    for (const { byTill } of [sales[0]!, later]) expect(await outcomeOf(byTill)).toBe('paid');
    expect(await outcomeOf(sales[1]!.byTill)).toBe('double_spent');
  });
});
