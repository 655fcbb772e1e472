import type { ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import type { MovementView } from '../../ledger/views/movements.ts';
import { places } from '../places.ts';
import type { MovementRow } from './movement-table.tsx';

const WORDS: Readonly<Record<MovementView['kind'], string>> = {
  payment: 'Payment',
  'top-up': 'Top-up',
  adjustment: 'Adjustment',
};

/** A movement of the books as a row to read. */
export function describeMovement(movement: MovementView, participant: ParticipantCode): MovementRow {
  const { sequence, atMs, paidAtMs, kind, amountMinor, shopName, traceKey } = movement;
  const paymentHref = traceKey && places.payment(participant, traceKey);
  return { sequence, atMs, paidAtMs, what: WORDS[kind], detail: shopName, traceKey, paymentHref, amountMinor };
}
