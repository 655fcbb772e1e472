import * as v from 'valibot';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { formatTraceKey, TraceKey } from '../../shared/protocol/identifiers.ts';
import { isPaid, verifyReceipt } from '../../shared/protocol/payment/verify-receipt.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { TerminalPaymentsAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { SaleDesk } from '../sale/sale-desk.ts';
import type { SaleStore } from '../storage/sale-store.ts';
import type { Terminal } from '../till/terminal.ts';
import type { Till } from '../till/till.ts';
import { type BookedPayment, type DayRow, listDay } from './day-rows.ts';

/** A receipt to show, and whether its signature was checked just now. */
export interface ShownReceipt extends BookedPayment {
  readonly isVerified: boolean;
}

/** A batch as this till and the centre have it. */
export interface ReconciledDay {
  readonly rows: readonly DayRow[];
  /** Of any batch, sold before this device was this till: only customers' phones have handed them in. Newest first. */
  readonly carried: readonly DayRow[];
}

/** The payments of a batch: from this device at once, then brought in line with the centre's books. */
export class PaymentsBook {
  readonly #till: Till;
  readonly #store: SaleStore;
  readonly #desk: SaleDesk;
  /** Receipts that only the centre had, so that they can be opened. */
  readonly #fromCentre = new Map<TraceKey, BookedPayment>();

  constructor(till: Till, store: SaleStore, desk: SaleDesk) {
    this.#till = till;
    this.#store = store;
    this.#desk = desk;
  }

  async currentBatchNo(): Promise<number> {
    return (await this.#store.loadNumbers())?.batchNo ?? 1;
  }

  async listLocal(batchNo: number): Promise<readonly DayRow[]> {
    const terminal = this.#till.terminal;
    if (!terminal) return [];
    return listDay(await this.#store.loadBatch(terminal.certificate.content.terminalId, batchNo), []);
  }

  /** Asks the centre about the batch, learns what it knows better, and lists both. Refuses `no_network`, … */
  async listReconciled(batchNo: number): Promise<Result<ReconciledDay>> {
    const terminal = this.#till.terminal;
    if (!terminal) return refuse('not_activated');
    const answer = await this.#till.api.call({
      path: `terminals/payments?batchNo=${batchNo}`,
      answer: TerminalPaymentsAnswer,
    });
    if (!answer.ok) return answer;
    const { terminalId } = terminal.certificate.content;
    const booked = await this.#learn(answer.value.payments, terminal);
    const carried = (await this.#learn(answer.value.carried, terminal)).filter(
      ({ receipt }) => receipt.batchNo !== batchNo,
    );
    const rows = listDay(await this.#store.loadBatch(terminalId, batchNo), booked);
    return accept({ rows, carried: listDay([], carried).toSorted((left, right) => right.atMs - left.atMs) });
  }

  /** @returns those that were not made on this device, verified */
  async #learn(payments: readonly PaymentAnswer[], { trust, certificate }: Terminal): Promise<BookedPayment[]> {
    const booked: BookedPayment[] = [];
    for (const payment of payments) {
      if (await this.#desk.hear(payment)) continue;
      const receipt = await readReceipt(payment.receipt, trust);
      if (!receipt || !isPaid(receipt) || receipt.terminalId !== certificate.content.terminalId) continue;
      const known = { receipt, paidAtMs: payment.paidAtMs };
      booked.push(known);
      this.#fromCentre.set(formatTraceKey(receipt), known);
    }
    return booked;
  }

  /** The receipt of a payment, its signature checked anew. Undefined where there is none. */
  async openReceipt(traceKey: TraceKey): Promise<ShownReceipt | undefined> {
    const trust = this.#till.terminal?.trust;
    const sale = await this.#store.load(traceKey);
    if (sale?.state.status === 'paid' && trust) {
      const { receipt, document, paidAtMs } = sale.state;
      return { receipt, paidAtMs, isVerified: (await verifyReceipt(document, trust)).ok };
    }
    // Those were verified when they came.
    const booked = this.#fromCentre.get(traceKey) ?? (await this.#fetch(traceKey));
    return booked && { ...booked, isVerified: true };
  }

  async #fetch(traceKey: TraceKey): Promise<BookedPayment | undefined> {
    const trust = this.#till.terminal?.trust;
    if (!trust || !v.is(TraceKey, traceKey)) return undefined;
    const answer = await this.#till.api.call({ path: `payments/${traceKey}`, answer: PaymentAnswer });
    if (!answer.ok) return undefined;
    const receipt = await readReceipt(answer.value.receipt, trust);
    const isOurs = receipt && isPaid(receipt) && formatTraceKey(receipt) === traceKey;
    return isOurs ? { receipt, paidAtMs: answer.value.paidAtMs } : undefined;
  }
}

async function readReceipt(text: string | undefined, trust: CentreTrust): Promise<ReceiptContent | undefined> {
  const bytes = text === undefined ? undefined : decodeBase64url(text);
  const verified = bytes && (await verifyReceipt(bytes, trust));
  return verified?.ok ? verified.value : undefined;
}
