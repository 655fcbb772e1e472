import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextReleaseAtMs } from '../../../edge/ledger/offline/reserve.ts';
import { ReserveAlarm } from '../../../edge/ledger/offline/reserve-alarm.ts';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { addRevocations, verifyRevocationList } from '../../../shared/protocol/offline/revocations.ts';
import { verifyEvidence } from '../../../shared/protocol/offline/verify-evidence.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { RevocationsAnswer } from '../../../shared/protocol/wire/offline.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { TerminalAnswer, TerminalPaymentsAnswer } from '../../../shared/protocol/wire/terminals.ts';
import type { AllowanceAnswer, MovementsAnswer, WalletAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../../support/api-client.ts';
import { TestWallet, unwrap } from '../../support/devices.ts';
import {
  activateTill,
  consentOffline,
  createAuthoriseCall,
  createClosingText,
  type EnrolledTill,
  type EnrolledWallet,
  grantAllowance,
  makeRequest,
  renewAllowance,
  requestPayment,
  sellOffline,
  signInWallet,
  trustOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet, registryOf } from '../support/test-app.ts';
import {
  balanceOf,
  HOUR_MS,
  handIn,
  numberOf,
  openDesk,
  openPayer,
  outcomeOf,
  ringAlarm,
  wait,
  waitUntil,
} from './offline-world.ts';

let till: EnrolledTill;
let payer: EnrolledWallet;

// Few tills for many tests: activations are limited for each address. What a test says of all of a till has one of its own.
beforeAll(async () => {
  till = await openTill();
});

beforeEach(async () => {
  payer = await openPayer();
});

afterEach(async () => {
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
  vi.useRealTimers();
});

async function refusalOf(wallet: EnrolledWallet, call = {}): Promise<string | undefined> {
  const { body } = await renewAllowance(wallet, call);
  return body.code ?? body.refusal;
}

describe('an allowance', () => {
  it('sets half of what is available aside, and its certificate says so', async () => {
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 5_000, heldMinor: 2_500, availableMinor: 2_500 });
    expect(payer.wallet.allowance).toMatchObject({ limitMinor: 2_500, paymentMaxMinor: 2_500, countMax: 5 });
    const { cards } = expectDone(await payer.client.post<WalletAnswer>('wallet/sync'));
    expect(cards[0]).toMatchObject({
      availableMinor: 2_500,
      reservedMinor: 2_500,
      releases: [],
      offlineTermsVersion: 1,
    });
    expect(cards[0]!.certificate).toBe(encodeBase64url(payer.wallet.certificate));
    using desk = openDesk();
    expect(await desk.outstanding(numberOf(payer))).toMatchObject([{ status: 'live', limitMinor: 2_500, payments: 0 }]);
  });

  it('is granted only to a phone that has rehearsed, for an account that is open and has money', async () => {
    const other = await openWallet();
    expect(await refusalOf(other)).toBe('rehearsal_missing');
    const { document, assertion } = await other.wallet.rehearse(Date.now(), 1, { tamperSignature: true });
    const bad = { document: encodeBase64url(document), assertion: encodeBase64url(assertion) };
    expect(await refusalOf(other, { rehearsal: bad })).toBe('passkey_invalid');
    const foreign = await payer.wallet.rehearse(Date.now());
    const ofOther = { document: encodeBase64url(foreign.document), assertion: encodeBase64url(foreign.assertion) };
    expect(await refusalOf(other, { rehearsal: ofOther })).toBe('certificate_invalid');
    const accountNumber = numberOf(other);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost', by: 'Ada' }));
    expect((await grantAllowance(other)).refusal).toBe('account_frozen');
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'open', reason: 'found', by: 'Ada' }));
    const { request } = await requestPayment(till, 4_999);
    expect(await outcomeOf(await createAuthoriseCall(other, till, request))).toBe('paid');
    expect(await refusalOf(other)).toBe('allowance_unaffordable');
  });

  it('is one for each phone, however often and at once it is renewed', async () => {
    const sale = await sellOffline(payer, till, 300);
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    const closing = await createClosingText(payer);
    const { accountToken } = payer.answer.cards[0]!;
    const ask = () => payer.client.post<AllowanceAnswer>('wallet/allowance', { accountToken, closing, isWanted: true });
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.card.certificate)).size).toBe(1);
    using desk = openDesk();
    expect((await desk.outstanding(numberOf(payer))).map(({ status }) => status)).toEqual(['live']);
    // 47.00 are left; what was set aside before was given back first.
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_700, heldMinor: 2_350 });
  });

  it('is closed for the network alone, and what was given stays set aside until it comes in', async () => {
    const sale = await sellOffline(payer, till, 700);
    const closed = expectDone(
      await renewAllowance(payer, { closing: await createClosingText(payer), isWanted: false }),
    );
    expect(closed.card).toMatchObject({ availableMinor: 4_300, reservedMinor: 700, releases: [{ amountMinor: 700 }] });
    expect(payer.wallet.allowance).toBeUndefined();
    expect(await outcomeOf(sale.byWallet)).toBe('request_unknown');
    expect(await outcomeOf({ ...sale.byWallet, isTillAway: true })).toBe('paid');
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_300, heldMinor: 0 });
  });

  it('closed twice with the same word changes nothing; with another word it is refused', async () => {
    const { wallet } = payer;
    const chain = wallet.chain;
    const closing = encodeBase64url(await wallet.close(Date.now()));
    const again = encodeBase64url(await wallet.close(Date.now() + 5));
    const other = encodeBase64url(await wallet.close(Date.now(), [], { ...chain, counter: 1 }));
    expectDone(await renewAllowance(payer, { closing, isWanted: false }));
    for (const word of [closing, again]) expectDone(await renewAllowance(payer, { closing: word, isWanted: false }));
    expect(await refusalOf(payer, { closing: other, isWanted: false })).toBe('closing_mismatch');
    const stranger = await openWallet();
    expect(await refusalOf(stranger, { closing, isWanted: false })).toBe('allowance_unknown');
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 0 });
  });

  it('pays online as well, from what is set aside, and goes on in its chain', async () => {
    for (const amountMinor of [500, 900]) {
      const { request } = await requestPayment(till, amountMinor);
      const { byWallet } = await consentOffline(payer, till, request);
      const first = await handIn(byWallet);
      expect(first.body.status).toBe('paid');
      expect((await handIn(byWallet)).body).toEqual(first.body);
    }
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 3_600, heldMinor: 1_100, availableMinor: 2_500 });
  });
});

describe('a sale without network on either side', () => {
  it.each([
    ['the till', ['till']],
    ['the phone', ['wallet']],
    ['both, the till first', ['till', 'wallet']],
    ['both, the phone first', ['wallet', 'till']],
    ['both, ten times', Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'wallet' : 'till'))],
  ] as const)('is paid once from the reserve, hours late, handed in by %s', async (_, order) => {
    const soldAtMs = Date.now();
    const sale = await sellOffline(payer, till, 800);
    wait(30 * HOUR_MS);
    const answers: PaymentAnswer[] = [];
    for (const by of order)
      answers.push(expectDone(await (by === 'till' ? handIn(sale.byTill, till.client) : handIn(sale.byWallet))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 'paid', receipt: expect.any(String) });
    // Everybody is told when it was paid, and not only when it came in.
    const { paidAtMs } = answers[0]!;
    expect(paidAtMs).toBeGreaterThanOrEqual(Math.floor(soldAtMs / 1000) * 1000);
    expect(paidAtMs).toBeLessThan(soldAtMs + HOUR_MS);
    const { movements } = await payer.client.get<MovementsAnswer>('wallet/movements').then(expectDone);
    expect(movements[0]).toMatchObject({ kind: 'payment', paidAtMs });
    const found = unwrap(await ledgerOf().searchPayments({ text: answers[0]!.traceKey, limit: 1 }));
    expect(found.rows).toMatchObject([{ status: 'paid', paidAtMs, atMs: movements[0]!.atMs }]);
    expect(await ledgerOf().paymentDetails(answers[0]!.traceKey)).toMatchObject({ paid: { paidAtMs } });
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_200, heldMinor: 1_700 });
    using desk = openDesk();
    const [late] = await desk.lateArrivals(1);
    const handedInBy = order[0];
    expect(late).toMatchObject({
      amountMinor: 800,
      handedInBy,
      settledFrom: 'reserve',
      accountNumber: numberOf(payer),
    });
    expect(late!.lateByMs).toBeGreaterThan(29 * HOUR_MS);
  });

  it('by both at once is paid once', async () => {
    const sales = await Promise.all([100, 200, 300].map((amountMinor) => makeRequest(till, amountMinor)));
    const chained = [];
    for (const request of sales) chained.push(await consentOffline(payer, till, request));
    wait(HOUR_MS);
    const calls = chained.flatMap(({ byTill, byWallet }) => [byTill, byWallet, byTill, byWallet]);
    const ends = await Promise.all(calls.map((call) => outcomeOf(call)));
    expect(new Set(ends)).toEqual(new Set(['paid']));
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_400, heldMinor: 1_900 });
  });

  it('is told to nobody before the till: its own late hand-in of the request matches the wallet’s copy', async () => {
    const own = await openTill();
    const sale = await sellOffline(payer, own, 250);
    const forged = await makeRequest(own, 999, Date.now(), { voucherNo: 1 as never });
    wait(HOUR_MS);
    expect(await outcomeOf(sale.byWallet)).toBe('paid');
    const carried = async () => expectDone(await own.client.get<TerminalPaymentsAnswer>('terminals/payments')).carried;
    expect(await carried()).toMatchObject([{ status: 'paid' }]);
    expect((await own.client.post('requests', forged.call)).body.code).toBe('voucher_reused');
    expect((await own.client.post<PaymentAnswer>('requests', sale.request.call)).body.status).toBe('paid');
    expect(await carried()).toEqual([]);
  });

  it('that the till was told nobody paid is paid by its own word alone', async () => {
    const { request } = await requestPayment(till, 400);
    const sale = await consentOffline(payer, till, request);
    wait(HOUR_MS);
    expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
    expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    expect(await outcomeOf(sale.byWallet)).toBe('paid');
    // Told late is told: a till that took cash meanwhile shall not be paid twice.
    const unaware = await sellOffline(payer, till, 100);
    wait(HOUR_MS);
    expect((await till.client.post('requests', unaware.request.call)).body.code).toBe('request_expired');
    expect(await outcomeOf(unaware.byWallet)).toBe('request_expired');
    expect(await outcomeOf(unaware.byTill)).toBe('paid');
  });

  it('is paid until the claim window’s last moment, and after it only from what the card has', async () => {
    const [inTime, late, beyond] = [
      await sellOffline(payer, till, 500),
      await sellOffline(payer, till, 600),
      await sellOffline(payer, till, 700),
    ];
    using desk = openDesk();
    const [allowance] = await desk.outstanding(numberOf(payer));
    waitUntil(allowance!.claimUntilMs);
    expect(await outcomeOf(inTime.byTill)).toBe('paid');
    wait(1);
    // Given back before it is asked, whether or not the alarm came.
    expect(await outcomeOf(late.byTill)).toBe('paid');
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 3_900, heldMinor: 0 });
    expect((await desk.lateArrivals(2)).map(({ settledFrom }) => settledFrom).sort()).toEqual(['available', 'reserve']);
    const { request } = await requestPayment(till, 3_500);
    expect(await outcomeOf(await createAuthoriseCall(payer, till, request))).toBe('paid');
    expect(await outcomeOf(beyond.byTill)).toBe('claim_late');
    expect(await outcomeOf(beyond.byTill)).toBe('claim_late');
  });

  it('with an acceptance of another consent, or of another till, is refused and can be handed in again', async () => {
    const [one, two] = [await sellOffline(payer, till, 100), await sellOffline(payer, till, 200)];
    const elsewhere = await openTill();
    const verified = unwrap(await till.terminal.verify(one.request.document, Date.now()));
    const foreign = encodeBase64url(await elsewhere.terminal.accept(verified, one, Date.now()));
    wait(HOUR_MS);
    expect(await outcomeOf({ ...one.byWallet, acceptance: two.byTill.acceptance })).toBe('acceptance_mismatch');
    expect(await outcomeOf({ ...one.byWallet, acceptance: foreign })).toBe('signature_invalid');
    expect(await outcomeOf(one.byTill)).toBe('paid');
  });

  it('outlives its certificates: they had to be good when it was made', async () => {
    const sale = await sellOffline(payer, till, 300);
    wait(31 * 24 * HOUR_MS);
    expect(await outcomeOf(sale.byTill)).toBe('paid');
  });

  it('at a till that is lost is paid when the phone comes back, and shown to the tablet in its place', async () => {
    const lost = await openTill();
    const sale = await sellOffline(payer, lost, 900);
    const { terminalId } = lost.terminal.trusted.content;
    const { code } = unwrap(await registryOf().shops.createActivationCode(terminalId));
    const next = await activateTill(createClient(), code);
    // Of what the lost one sold the centre has not heard: the new one keeps clear of its numbers.
    expect(next.answer.batchNoMin).toBeGreaterThan(30);
    wait(HOUR_MS);
    expect(await outcomeOf({ ...sale.byWallet, isTillAway: true })).toBe('paid');
    const { carried } = expectDone(await next.client.get<TerminalPaymentsAnswer>('terminals/payments'));
    expect(carried).toMatchObject([{ status: 'paid', receipt: expect.any(String) }]);
  });
});

describe('an account that is frozen', () => {
  it('pays what a till took before it heard of it, and nothing on the phone’s own word', async () => {
    const [before, after, alone] = [
      await sellOffline(payer, till, 100),
      await sellOffline(payer, till, 200, {}, { version: 99, issuedAtMs: Date.now() }),
      await sellOffline(payer, till, 300),
    ];
    const accountNumber = numberOf(payer);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'stolen', by: 'Ada' }));
    wait(HOUR_MS);
    expect(await outcomeOf(before.byWallet)).toBe('account_frozen');
    expect(await outcomeOf(before.byTill)).toBe('paid');
    expect(await outcomeOf(before.byWallet)).toBe('paid');
    expect(await outcomeOf(after.byTill)).toBe('allowance_revoked');
    expect(await outcomeOf(alone.byWallet)).toBe('account_frozen');
    const { lists } = expectDone(await till.client.get<RevocationsAnswer>('revocations'));
    const trust = await trustOf(till.answer.programme);
    let known: ReturnType<typeof addRevocations>;
    for (const list of lists)
      known = addRevocations(known, unwrap(await verifyRevocationList(decodeBase64url(list)!, trust)));
    expect(known!.serials).toContain(payer.wallet.trusted.content.serial.toHex());
    const later = expectDone(await till.client.get<RevocationsAnswer>(`revocations?since=${known!.version}`));
    const news = unwrap(await verifyRevocationList(decodeBase64url(later.lists[0]!)!, trust));
    expect(news).toMatchObject({ fromVersion: known!.version, toVersion: known!.version });
    expect(news.serials).toHaveLength(0);
  });
});

describe('an allowance of an account that was frozen and opened again', () => {
  it('is over: its wallet closes it, has what it did not give at once, and is granted another', async () => {
    const sale = await sellOffline(payer, till, 600);
    const accountNumber = numberOf(payer);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost', by: 'Ada' }));
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'open', reason: 'found', by: 'Ada' }));
    const { cards } = expectDone(await payer.client.post<WalletAnswer>('wallet/sync'));
    expect(cards[0]).toMatchObject({ reservedMinor: 2_500, releases: [{ amountMinor: 2_500 }] });
    expect(cards[0]!.certificate).not.toBe(encodeBase64url(payer.wallet.certificate));
    const renewed = expectDone(await renewAllowance(payer, { closing: await createClosingText(payer) }));
    expect(renewed).toMatchObject({ card: { reservedMinor: 600 + 2_200, availableMinor: 2_200 } });
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_400, heldMinor: 2_200 });
    using desk = openDesk();
    const [live, ...others] = await desk.outstanding(accountNumber);
    expect([live!.status, others]).toEqual(['live', []]);
    const revoked = unwrap(await desk.revoke({ serial: live!.serial, reason: 'asked for' }));
    expect(await desk.revoke({ serial: live!.serial, reason: 'again' })).toEqual({ ok: true, value: revoked });
    expect(await desk.outstanding(accountNumber)).toMatchObject([{ status: 'revoked' }]);
    expect(await desk.revoke({ serial: '0011223344556677', reason: 'none' })).toMatchObject({
      code: 'allowance_unknown',
    });
  });
});

describe('a copied phone', () => {
  let copy: Pick<EnrolledWallet, 'wallet'>;
  let other: EnrolledTill;

  beforeAll(async () => {
    other = await openTill();
  });

  beforeEach(() => {
    copy = { wallet: payer.wallet.clone() };
  });

  async function findEvidence() {
    using desk = openDesk();
    const found = (await desk.doubleSpends()).filter(({ accountNumber }) => accountNumber === numberOf(payer));
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
      const sales = [await sellOffline(payer, till, 1_500), await sellOffline(copy, other, 2_000)];
      wait(HOUR_MS);
      if (first === 'the copy') sales.reverse();
      const [one, two] = sales as [(typeof sales)[0], (typeof sales)[0]];
      expect(await outcomeOf(one.byTill)).toBe('paid');
      expect(await outcomeOf(two.byTill)).toBe('paid');
      const { found, proven } = await findEvidence();
      expect(found).toMatchObject([{ contradiction: 'same-place', outcome: 'guarantee' }]);
      expect(proven).toMatchObject([{ ok: true, value: { contradiction: 'same-place' } }]);
      const reservePaid = first === 'the copy' ? 2_000 : 1_500;
      expect(await balanceOf(payer)).toEqual({
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
      const accountNumber = numberOf(payer);
      const owedMinor = 3_500 - reservePaid;
      const debts = await desk.debts();
      expect(debts.find((debt) => debt.accountNumber === accountNumber)).toMatchObject({ owedMinor });
      const collected = { ok: true, value: { collectedMinor: owedMinor, owedMinor: 0 } };
      expect(await desk.collectDebt({ accountNumber, by: 'Ada' })).toEqual(collected);
      expect(await desk.collectDebt({ accountNumber, by: 'Ada' })).toMatchObject({ code: 'not_found' });
    },
  );

  it('does not have the guarantee pay on its own word; the till’s comes later, and counts', async () => {
    const [one, two] = [await sellOffline(payer, till, 700), await sellOffline(copy, other, 800)];
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
    const [one, two] = [await sellOffline(payer, till, 700), await sellOffline(copy, other, 800)];
    const knowing = await sellOffline(copy, other, 100, {}, { version: 1_000, issuedAtMs: Date.now() });
    wait(HOUR_MS);
    for (const { byTill } of [one, two]) expect(await outcomeOf(byTill)).toBe('paid');
    expect(await outcomeOf(knowing.byTill)).toBe('double_spent');
  });

  it('is paid by nobody at a till that went by a list too old, or by one that names it whatever version it says', async () => {
    const [one, two] = [await sellOffline(payer, till, 700), await sellOffline(copy, other, 800)];
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
    const shown = await sellOffline(payer, till, 400);
    expectDone(await renewAllowance(payer, { closing: await createClosingText(payer), isWanted: false }));
    wait(HOUR_MS);
    expect(await outcomeOf(hidden.byTill)).toBe('paid');
    const { found, proven } = await findEvidence();
    expect(found).toMatchObject([{ contradiction: 'not-given', outcome: 'guarantee' }]);
    expect(proven).toMatchObject([{ ok: true, value: { contradiction: 'not-given' } }]);
    expect(await outcomeOf(shown.byTill)).toBe('paid');
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_600, heldMinor: 0, status: 'frozen' });
  });

  it('that was paid before its original closes: nothing is given back, and the account is frozen', async () => {
    const hidden = await sellOffline(copy, other, 900);
    expect(await outcomeOf(hidden.byTill)).toBe('paid');
    expectDone(await renewAllowance(payer, { closing: await createClosingText(payer), isWanted: false }));
    const { found, proven } = await findEvidence();
    expect(found).toMatchObject([{ contradiction: 'not-given', outcome: 'reserve' }]);
    expect(proven[0]).toMatchObject({ ok: true });
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 4_100, heldMinor: 1_600, status: 'frozen' });
    wait(100 * HOUR_MS);
    await ringAlarm();
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 0 });
  });

  it('is paid by the guarantee as often as it is copied, each time with its proof', async () => {
    const one = await sellOffline(payer, till, 2_500);
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
    for (const sale of [await sellOffline(payer, till, 700), await sellOffline(another, till, 100)])
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
    const one = await sellOffline(payer, till, 2_500);
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
    const sales = [await sellOffline(payer, slow, 1_500), await sellOffline(copy, slow, 1_001)];
    const heard = await sellOffline(payer, prompt, 500);
    expect(await outcomeOf(heard.byTill)).toBe('paid');
    wait(HOUR_MS);
    const later = await sellOffline(another, prompt, 2_500);
    for (const { byTill } of [sales[0]!, later]) expect(await outcomeOf(byTill)).toBe('paid');
    expect(await outcomeOf(sales[1]!.byTill)).toBe('double_spent');
  });
});

describe('the alarm', () => {
  it('gives back what nobody claimed, once the window is over', async () => {
    await sellOffline(payer, till, 500);
    wait(97 * HOUR_MS);
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 2_500 });
    expect(await ringAlarm()).toBe(true);
    expect(await balanceOf(payer)).toMatchObject({ balanceMinor: 5_000, heldMinor: 0, availableMinor: 5_000 });
  });

  it('that should have rung long ago is not waited for: the runtime gave it up while the storage failed', async () => {
    await runInDurableObject(ledgerOf(), async (_, { storage }) => {
      const dueAtMs = nextReleaseAtMs(storage.sql)!;
      const armAt = async (nowMs: number) => {
        const release = vi.fn(async () => ({ ok: true, value: undefined }) as const);
        const setAlarm = vi.fn(async () => undefined);
        const overdue = { sql: storage.sql, getAlarm: async () => dueAtMs, setAlarm };
        const parts = { storage: overdue as unknown as DurableObjectStorage, now: () => nowMs, release };
        await new ReserveAlarm(parts).arm();
        return { released: release.mock.calls.length, set: setAlarm.mock.calls.length };
      };
      // About to ring; and lost.
      expect(await armAt(dueAtMs + 1_000)).toEqual({ released: 0, set: 0 });
      expect(await armAt(dueAtMs + HOUR_MS)).toEqual({ released: 1, set: 1 });
    });
  });

  it('that was lost is set again by who looks, as each start of the object and each grant does', async () => {
    await runInDurableObject(ledgerOf(), async (_, { storage }) => {
      await storage.deleteAlarm();
      const release = () => Promise.reject(new Error('nothing is due'));
      await new ReserveAlarm({ storage, now: Date.now, release }).arm();
      expect(await storage.getAlarm()).not.toBeNull();
      await storage.deleteAlarm();
    });
    await openPayer();
    expect(await runInDurableObject(ledgerOf(), (_, { storage }) => storage.getAlarm())).not.toBeNull();
  });

  it('that fails throws nothing, is written down, and is set again until it does its work', async () => {
    wait(97 * HOUR_MS);
    const stand = (statement: string) =>
      runInDurableObject(ledgerOf(), (_, { storage }) => {
        storage.sql.exec(statement);
      });
    await stand('ALTER TABLE allowances RENAME TO allowances_away');
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let times = 0; times < 8; times += 1) {
      expect(await ringAlarm()).toBe(true);
      expect(await runInDurableObject(ledgerOf(), (_, { storage }) => storage.getAlarm())).toBeGreaterThan(Date.now());
    }
    quiet.mockRestore();
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 2_500 });
    await stand('ALTER TABLE allowances_away RENAME TO allowances');
    using desk = openDesk();
    expect((await desk.exposure())!.alarmFailure).toMatchObject({ reason: expect.stringContaining('no such table') });
    expect(await ringAlarm()).toBe(true);
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 0 });
  });
});

describe('a shop', () => {
  it('agrees to the terms at a till, and takes that back', async () => {
    const own = await openTill();
    expect(own.answer.offlineTermsVersion).toBeUndefined();
    const say = (hasAgreed: boolean) =>
      own.client.post<TerminalAnswer>('terminals/offline-terms', { termsVersion: 1, hasAgreed });
    expect((await say(true)).body.offlineTermsVersion).toBe(1);
    expect((await own.client.post<TerminalAnswer>('terminals/sync')).body.offlineTermsVersion).toBe(1);
    expect((await say(false)).body.offlineTermsVersion).toBeUndefined();
    const call = { termsVersion: 1, hasAgreed: true };
    expect((await createClient().post('terminals/offline-terms', call)).body.code).toBe('not_signed_in');
  });
});

describe('a phone that lost its storage', () => {
  it('has another key: what it had set aside comes back by itself, and it is granted a new allowance', async () => {
    const { authenticator, origin } = payer.wallet;
    const client = createClient();
    const wallet = new TestWallet(await createSigningKey(false), authenticator, origin);
    const answer = expectDone(await signInWallet(client, wallet));
    const lost = { amountMinor: 2_500, atMs: payer.wallet.allowance!.expiresAtMs + 72 * HOUR_MS };
    expect(answer.cards[0]).toMatchObject({ reservedMinor: 2_500, releases: [{ ...lost, isElsewhere: true }] });
    await wallet.adopt(decodeBase64url(answer.cards[0]!.certificate)!, await trustOf(answer.programme));
    const granted = await grantAllowance({ client, wallet, answer });
    expect(granted.card).toMatchObject({ reservedMinor: 2_500 + 1_250, availableMinor: 1_250 });
    // Its own is in its certificate; of the other phone's it hears until it is free, and of no other phone once it has ended.
    expect(granted.card.releases).toEqual([{ ...lost, isElsewhere: true }]);
    wait(25 * HOUR_MS);
    const later = expectDone(await client.post<WalletAnswer>('wallet/sync'));
    expect(later.cards[0]!.releases[0]).toEqual(lost);
    wait(72 * HOUR_MS);
    await ringAlarm();
    expect(await balanceOf(payer)).toMatchObject({ heldMinor: 0, availableMinor: 5_000 });
  });
});
