import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { addRevocations, verifyRevocationList } from '../../../shared/protocol/offline/revocations.ts';
import type { RevocationsAnswer } from '../../../shared/protocol/wire/offline.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { TerminalPaymentsAnswer } from '../../../shared/protocol/wire/terminals.ts';
import type { MovementsAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import {
  activateTill,
  consentOffline,
  createAuthoriseCall,
  makeRequest,
  requestPayment,
  sellOffline,
  trustOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, registryOf } from '../support/test-app.ts';
import {
  balanceOf,
  enrolParties,
  HOUR_MS,
  handIn,
  numberOf,
  openDesk,
  outcomeOf,
  wait,
  waitUntil,
} from './offline-world.ts';

const parties = enrolParties();

describe('a sale without network on either side', () => {
  it.each([
    ['the till', ['till']],
    ['the phone', ['wallet']],
    ['both, the till first', ['till', 'wallet']],
    ['both, the phone first', ['wallet', 'till']],
    ['both, ten times', Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'wallet' : 'till'))],
  ] as const)('is paid once from the reserve, hours late, handed in by %s', async (_, order) => {
    const soldAtMs = Date.now();
    const sale = await sellOffline(parties.payer, parties.till, 800);
    wait(30 * HOUR_MS);
    const answers: PaymentAnswer[] = [];
    for (const by of order)
      answers.push(
        expectDone(await (by === 'till' ? handIn(sale.byTill, parties.till.client) : handIn(sale.byWallet))),
      );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 'paid', receipt: expect.any(String) });
    // Everybody is told when it was paid, and not only when it came in.
    const { paidAtMs } = answers[0]!;
    expect(paidAtMs).toBeGreaterThanOrEqual(Math.floor(soldAtMs / 1000) * 1000);
    expect(paidAtMs).toBeLessThan(soldAtMs + HOUR_MS);
    const { movements } = await parties.payer.client.get<MovementsAnswer>('wallet/movements').then(expectDone);
    expect(movements[0]).toMatchObject({ kind: 'payment', paidAtMs });
    const found = unwrap(await ledgerOf().searchPayments({ text: answers[0]!.traceKey, limit: 1 }));
    expect(found.rows).toMatchObject([{ status: 'paid', paidAtMs, atMs: movements[0]!.atMs }]);
    expect(await ledgerOf().paymentDetails(answers[0]!.traceKey)).toMatchObject({ paid: { paidAtMs } });
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_200, heldMinor: 1_700 });
    using desk = openDesk();
    const [late] = await desk.lateArrivals(1);
    const handedInBy = order[0];
    expect(late).toMatchObject({
      amountMinor: 800,
      handedInBy,
      settledFrom: 'reserve',
      accountNumber: numberOf(parties.payer),
    });
    expect(late!.lateByMs).toBeGreaterThan(29 * HOUR_MS);
  });

  it('by both at once is paid once', async () => {
    const sales = await Promise.all([100, 200, 300].map((amountMinor) => makeRequest(parties.till, amountMinor)));
    const chained = [];
    for (const request of sales) chained.push(await consentOffline(parties.payer, parties.till, request));
    wait(HOUR_MS);
    const calls = chained.flatMap(({ byTill, byWallet }) => [byTill, byWallet, byTill, byWallet]);
    const ends = await Promise.all(calls.map((call) => outcomeOf(call)));
    expect(new Set(ends)).toEqual(new Set(['paid']));
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_400, heldMinor: 1_900 });
  });

  it('is told to nobody before the till: its own late hand-in of the request matches the wallet’s copy', async () => {
    const own = await openTill();
    const sale = await sellOffline(parties.payer, own, 250);
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
    const { request } = await requestPayment(parties.till, 400);
    const sale = await consentOffline(parties.payer, parties.till, request);
    wait(HOUR_MS);
    expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
    expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    expect(await outcomeOf(sale.byWallet)).toBe('paid');
    // Told late is told: a till that took cash meanwhile shall not be paid twice.
    const unaware = await sellOffline(parties.payer, parties.till, 100);
    wait(HOUR_MS);
    expect((await parties.till.client.post('requests', unaware.request.call)).body.code).toBe('request_expired');
    expect(await outcomeOf(unaware.byWallet)).toBe('request_expired');
    expect(await outcomeOf(unaware.byTill)).toBe('paid');
  });

  it('is paid until the claim window’s last moment, and after it only from what the card has', async () => {
    const [inTime, late, beyond] = [
      await sellOffline(parties.payer, parties.till, 500),
      await sellOffline(parties.payer, parties.till, 600),
      await sellOffline(parties.payer, parties.till, 700),
    ];
    using desk = openDesk();
    const [allowance] = await desk.outstanding(numberOf(parties.payer));
    waitUntil(allowance!.claimUntilMs);
    expect(await outcomeOf(inTime.byTill)).toBe('paid');
    wait(1);
    // Given back before it is asked, whether or not the alarm came.
    expect(await outcomeOf(late.byTill)).toBe('paid');
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 3_900, heldMinor: 0 });
    expect((await desk.lateArrivals(2)).map(({ settledFrom }) => settledFrom).sort()).toEqual(['available', 'reserve']);
    const { request } = await requestPayment(parties.till, 3_500);
    expect(await outcomeOf(await createAuthoriseCall(parties.payer, parties.till, request))).toBe('paid');
    expect(await outcomeOf(beyond.byTill)).toBe('claim_late');
    expect(await outcomeOf(beyond.byTill)).toBe('claim_late');
  });

  it('with an acceptance of another consent, or of another till, is refused and can be handed in again', async () => {
    const [one, two] = [
      await sellOffline(parties.payer, parties.till, 100),
      await sellOffline(parties.payer, parties.till, 200),
    ];
    const elsewhere = await openTill();
    const verified = unwrap(await parties.till.terminal.verify(one.request.document, Date.now()));
    const foreign = encodeBase64url(await elsewhere.terminal.accept(verified, one, Date.now()));
    wait(HOUR_MS);
    expect(await outcomeOf({ ...one.byWallet, acceptance: two.byTill.acceptance })).toBe('acceptance_mismatch');
    expect(await outcomeOf({ ...one.byWallet, acceptance: foreign })).toBe('signature_invalid');
    expect(await outcomeOf(one.byTill)).toBe('paid');
  });

  it('outlives its certificates: they had to be good when it was made', async () => {
    const sale = await sellOffline(parties.payer, parties.till, 300);
    wait(31 * 24 * HOUR_MS);
    expect(await outcomeOf(sale.byTill)).toBe('paid');
  });

  it('at a till that is lost is paid when the phone comes back, and shown to the tablet in its place', async () => {
    const lost = await openTill();
    const sale = await sellOffline(parties.payer, lost, 900);
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
      await sellOffline(parties.payer, parties.till, 100),
      await sellOffline(parties.payer, parties.till, 200, {}, { version: 99, issuedAtMs: Date.now() }),
      await sellOffline(parties.payer, parties.till, 300),
    ];
    const accountNumber = numberOf(parties.payer);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'stolen', by: 'Ada' }));
    wait(HOUR_MS);
    expect(await outcomeOf(before.byWallet)).toBe('account_frozen');
    expect(await outcomeOf(before.byTill)).toBe('paid');
    expect(await outcomeOf(before.byWallet)).toBe('paid');
    expect(await outcomeOf(after.byTill)).toBe('allowance_revoked');
    expect(await outcomeOf(alone.byWallet)).toBe('account_frozen');
    const { lists } = expectDone(await parties.till.client.get<RevocationsAnswer>('revocations'));
    const trust = await trustOf(parties.till.answer.programme);
    let known: ReturnType<typeof addRevocations>;
    for (const list of lists)
      known = addRevocations(known, unwrap(await verifyRevocationList(decodeBase64url(list)!, trust)));
    expect(known!.serials).toContain(parties.payer.wallet.trusted.content.serial.toHex());
    const later = expectDone(await parties.till.client.get<RevocationsAnswer>(`revocations?since=${known!.version}`));
    const news = unwrap(await verifyRevocationList(decodeBase64url(later.lists[0]!)!, trust));
    expect(news).toMatchObject({ fromVersion: known!.version, toVersion: known!.version });
    expect(news.serials).toHaveLength(0);
  });
});
