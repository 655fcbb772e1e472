import type { OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import { decideStep, type HandInResult } from '../../shared/browser/outbox/outbox-policy.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { askAboutSale } from '../sale/ask-about-sale.ts';
import type { CentrePort } from '../sale/centre-port.ts';
import type { SaleEvent } from '../sale/decide-sale.ts';
import { isToHandIn, type Sale } from '../sale/sale.ts';

export interface HandInParts {
  readonly store: {
    load(traceKey: TraceKey): Promise<Sale | undefined>;
    applyEvents(traceKey: TraceKey, events: readonly SaleEvent[]): Promise<Sale>;
  };
  readonly centre: CentrePort;
  /** Verifies what the centre answered about this sale. */
  readonly read: (sale: Sale, answer: PaymentAnswer) => Promise<Result<SaleEvent>>;
  /** After the change is on the disk. */
  readonly onChange: (sale: Sale) => void;
}

/**
 * Hands in one sale of the outbox: the consent the till took alone, with its acceptance; or, of a sale that was settled without
 * the till, its own request, for the centre to match. What the centre says is on the disk before the item goes.
 */
export async function handInSale(parts: HandInParts, item: OutboxItem): Promise<HandInResult> {
  const sale = await parts.store.load(item.id as TraceKey);
  if (sale?.state.status === 'accepted' || sale?.state.status === 'not-settled') return settle(parts, sale, item);
  if (!sale || !isToHandIn(sale)) return { kind: 'done' };
  const matched = await askAboutSale(sale, parts.centre, (answer) => parts.read(sale, answer), false);
  if (!matched.ok) return { kind: 'again', code: matched.code };
  await apply(parts, sale, [matched.value]);
  return { kind: 'done' };
}

async function settle(parts: HandInParts, sale: Sale, item: OutboxItem): Promise<HandInResult> {
  const answer = await parts.centre.settle(sale);
  const event = answer.ok ? await parts.read(sale, answer.value) : answer;
  // It was answered, and only this till cannot read the answer: that is no word against the payment.
  if (answer.ok && !event.ok) return { kind: 'again', code: 'internal' };
  if (event.ok && event.value.kind === 'receipt') {
    // The request went along with its acceptance: that was the till's own hand-in.
    await apply(parts, sale, [event.value, { kind: 'handed-in' }]);
    return { kind: 'done' };
  }
  const code = event.ok ? codeOf(event.value) : event.code;
  // It steps aside with this try: then the sale says so as well, before the item does.
  if (decideStep({ kind: 'again', code }, item.failures + 1, 0).kind === 'park') {
    await apply(parts, sale, [{ kind: 'settlement-refused', code }]);
  }
  return { kind: 'again', code };
}

async function apply({ store, onChange }: HandInParts, sale: Sale, events: readonly SaleEvent[]): Promise<void> {
  onChange(await store.applyEvents(sale.traceKey, events));
}

/** A consent is answered by a receipt or a refusal; anything else is no last word. */
function codeOf(event: SaleEvent): RefusalCode {
  if (event.kind !== 'answer' || event.status === 'waiting') return 'unavailable';
  return event.status === 'cancelled' ? 'request_cancelled' : 'request_expired';
}
