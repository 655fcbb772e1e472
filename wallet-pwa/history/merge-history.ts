import type { OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import { decodeBase64url, encodeBase64url, encodeHex } from '../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { Receipt } from '../../shared/protocol/documents/receipt.ts';
import { paidBeforeMs } from '../../shared/protocol/payment/paid-at.ts';
import { isPaid } from '../../shared/protocol/payment/verify-receipt.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { MovementAnswer } from '../../shared/protocol/wire/wallet.ts';
import { isOutstanding, type KeptPayCode } from '../pay-code/kept-pay-code.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { HistoryEntry } from './history-entry.ts';

/**
 * One list out of what this phone did and what the centre booked, newest first. A payment both know of appears once: they are
 * matched by the receipt itself, or by its place in the journal of the card. What still waits for the centre's word comes first.
 */
export function mergeHistory(
  intents: readonly PaymentIntent[],
  movements: readonly MovementAnswer[],
  payCodes: readonly KeptPayCode[] = [],
  items: readonly OutboxItem[] = [],
): readonly HistoryEntry[] {
  const booked = new Map(movements.map((movement) => [placeOf(movement), entryOfMovement(movement)]));
  const bookedReceipts = new Set(movements.map(({ receipt }) => receipt).filter((receipt) => receipt !== undefined));
  const entries = [...booked.values()];
  const parked = new Map(items.map(({ id, parkedFor }) => [id, parkedFor]));
  const paidAfterAll = findPaidAfterAll(intents, movements);
  const own = intents
    .filter(({ id }) => !paidAfterAll.has(id))
    .map((intent) => entryOfIntent(intent, parked.get(intent.id)));
  for (const entry of [...own, ...payCodes.map(entryOfPayCode)]) {
    const isBooked = entry?.status === 'done' && (booked.has(entry.id) || bookedReceipts.has(entry.receipt ?? ''));
    if (entry && !isBooked) entries.push(entry);
  }
  return entries.sort(compareEntries);
}

/**
 * Consents that the centre refused to this phone, and paid when the till brought its acceptance: the movement alone tells of them.
 * @returns their ids: hashes in hex
 */
function findPaidAfterAll(
  intents: readonly PaymentIntent[],
  movements: readonly MovementAnswer[],
): ReadonlySet<string> {
  const isRefused = intents.some(({ state, place }) => state.status === 'refused' && place);
  const paid = new Set<string>();
  if (!isRefused) return paid;
  for (const { receipt } of movements) {
    const bytes = receipt === undefined ? undefined : decodeBase64url(receipt);
    const decoded = bytes && decodeDocument(Receipt, bytes);
    if (decoded?.ok && isPaid(decoded.value.content)) paid.add(encodeHex(decoded.value.content.authorisationHash));
  }
  return new Set(intents.filter(({ id, state }) => state.status === 'refused' && paid.has(id)).map(({ id }) => id));
}

function placeOf({ accountNumber, sequence }: { accountNumber: string; sequence: number }): string {
  return `${accountNumber}-${sequence}`;
}

function entryOfMovement(movement: MovementAnswer): HistoryEntry {
  const { kind, accountNumber, amountMinor, atMs, paidAtMs, shopName, receipt } = movement;
  return {
    id: placeOf(movement),
    kind,
    status: 'done',
    accountNumber,
    amountMinor,
    ...timesOf(atMs, paidAtMs),
    ...(shopName !== undefined && { shopName }),
    ...(receipt !== undefined && { receipt }),
  };
}

function entryOfIntent(
  { id, state, facts, accountNumber, authorisedAtMs, place }: PaymentIntent,
  parkedFor: RefusalCode | undefined,
): HistoryEntry | undefined {
  const { shopName } = facts;
  const payment = { id, kind: 'payment', accountNumber, amountMinor: -facts.amountMinor, shopName } as const;
  switch (state.status) {
    case 'signed': {
      const signed = { ...payment, atMs: authorisedAtMs, ...(parkedFor && { parkedFor }) };
      if (!place) return { ...signed, status: 'checking' };
      const { acceptance, leftUntilMs } = state;
      // As far as this phone can know nothing moves by it any more.
      if (leftUntilMs !== undefined) return { ...signed, status: 'refused', offline: 'left', freeAtMs: leftUntilMs };
      return { ...signed, status: 'checking', offline: acceptance ? 'accepted' : 'given' };
    }
    case 'paid':
      return {
        ...payment,
        id: placeOf({ accountNumber, sequence: state.sequence }),
        status: 'done',
        ...timesOf(state.decidedAtMs, paidBeforeMs({ ...facts, ...state, consentedAtMs: authorisedAtMs })),
        receipt: encodeBase64url(state.receipt),
      };
    case 'refused':
      return {
        ...payment,
        status: 'refused',
        atMs: state.refusedAtMs,
        refusal: state.code,
        ...(state.receipt && { receipt: encodeBase64url(state.receipt) }),
      };
    case 'prepared':
    case 'dropped':
      return undefined;
  }
}

function timesOf(decidedAtMs: number, paidAtMs: number | undefined): Pick<HistoryEntry, 'atMs' | 'settledAtMs'> {
  return paidAtMs === undefined ? { atMs: decidedAtMs } : { atMs: paidAtMs, settledAtMs: decidedAtMs };
}

/**
 * What came of it. Until that is known only that it was shown: nobody calls it a payment. The last refused try is worth a line where
 * nothing was paid.
 */
function entryOfPayCode(code: KeptPayCode): HistoryEntry | undefined {
  const { id, state, accountNumber } = code;
  if (isOutstanding(code)) {
    const { capMinor, createdAtMs } = code;
    const most = { amountMinor: -capMinor, atMs: createdAtMs };
    return { id, kind: 'payment', status: 'checking', isCode: true, accountNumber, ...most };
  }
  if (state.status === 'paid') {
    const { amountMinor, shopName, decidedAtMs, sequence, receipt } = state;
    return {
      id: placeOf({ accountNumber, sequence }),
      kind: 'payment',
      status: 'done',
      accountNumber,
      amountMinor: -amountMinor,
      atMs: decidedAtMs,
      shopName,
      receipt: encodeBase64url(receipt),
    };
  }
  if (state.status !== 'ended' || !state.refusal?.signed) return undefined;
  const { code: refusal, signed } = state.refusal;
  return {
    id,
    kind: 'payment',
    status: 'refused',
    accountNumber,
    amountMinor: -signed.amountMinor,
    atMs: signed.decidedAtMs,
    shopName: signed.shopName,
    refusal,
    receipt: encodeBase64url(signed.receipt),
  };
}

function compareEntries(left: HistoryEntry, right: HistoryEntry): number {
  const byWaiting = Number(right.status === 'checking') - Number(left.status === 'checking');
  return byWaiting || right.atMs - left.atMs || (left.id < right.id ? 1 : -1);
}
