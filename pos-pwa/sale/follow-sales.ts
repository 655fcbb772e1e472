import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { SaleStore } from '../storage/sale-store.ts';
import { askAboutSale } from './ask-about-sale.ts';
import { askDelayMs } from './ask-delay.ts';
import type { CentrePort } from './centre-port.ts';
import { type AnswerReaderParts, createAnswerReader, type ReadAnswer } from './create-answer-reader.ts';
import type { SaleEvent } from './decide-sale.ts';
import { isConsent, isOpen, type Sale } from './sale.ts';

export interface FollowSalesOptions extends AnswerReaderParts {
  readonly store: SaleStore;
  readonly centre: CentrePort;
  readonly situation: (traceKey: TraceKey) => { hasSocket: boolean; isInFront: boolean };
  /** As far as is known before anyone is asked. */
  readonly isNetworkGone: () => boolean;
  /** In [0, 1): spreads tills that lost the network together. */
  readonly random: () => number;
  /** Takes a scanned consent without the centre. Refuses why the till may not. */
  readonly takeAlone: (sale: Sale) => Promise<Result<Sale>>;
  /** After the change is on the disk. */
  readonly onChange: (sale: Sale) => void;
  /** Why nothing new is learnt of a sale, however often it is asked for; undefined as soon as something is. */
  readonly onTrouble: (traceKey: TraceKey, code: RefusalCode | undefined) => void;
}

/** One try that fails is a hiccup that nobody needs to read about. */
const TROUBLE_AFTER = 2;

interface Loop {
  /** The till is no longer the one that made the sale. */
  isStopped: boolean;
  /** Ends the pause the loop is in; undefined while it asks. */
  wake?: (() => void) | undefined;
  /** Nudged while it was asking: the answer on its way may be older than the nudge. */
  isNudged: boolean;
  /** Failures since the last nudge: what the pauses grow by. A network that is just back may still take a second. */
  recentFailureCount: number;
}

/**
 * Asks for every open sale until it is known how it ended: by poll, by what the socket brings, and at once when nudged. One loop a
 * sale; what it learns is on the disk before anyone hears of it. A consent that was scanned is taken alone where nobody answers.
 */
export class FollowSales {
  readonly #options: FollowSalesOptions;
  readonly #read: ReadAnswer;
  readonly #loops = new Map<TraceKey, Loop>();

  constructor(options: FollowSalesOptions) {
    this.#options = options;
    this.#read = createAnswerReader(options);
  }

  /** @param isFirstTry nothing of this sale was ever sent before */
  follow(sale: Sale, isFirstTry = false): void {
    if (this.#loops.has(sale.traceKey) || !isOpen(sale)) return;
    const loop: Loop = { isNudged: false, isStopped: false, recentFailureCount: 0 };
    this.#loops.set(sale.traceKey, loop);
    void this.#run(loop, sale, isFirstTry).finally(() => {
      if (this.#loops.get(sale.traceKey) === loop) this.#loops.delete(sale.traceKey);
    });
  }

  /** Asks now rather than when the pause is over: the network came back, the app came to the front, time ran out. */
  nudge(traceKey?: TraceKey): void {
    for (const [key, loop] of this.#loops) {
      if (traceKey !== undefined && key !== traceKey) continue;
      loop.recentFailureCount = 0;
      if (loop.wake) loop.wake();
      else loop.isNudged = true;
    }
  }

  stop(): void {
    for (const loop of this.#loops.values()) {
      loop.isStopped = true;
      loop.wake?.();
    }
    this.#loops.clear();
  }

  /**
   * Takes what the centre said without being asked about this one sale: over the socket, in a list.
   * @returns false when no such sale is on this till
   */
  async hear(answer: PaymentAnswer): Promise<boolean> {
    const sale = await this.#options.store.load(answer.traceKey);
    if (!sale) return false;
    const event = await this.#read(sale, answer);
    if (event.ok) await this.#apply(sale, event.value);
    return true;
  }

  /** Asks once about any sale, ended or not: a receipt still beats what was believed. */
  async check(sale: Sale): Promise<Result<Sale>> {
    const event = await askAboutSale(sale, this.#options.centre, (answer) => this.#read(sale, answer), false);
    if (!event.ok) return event;
    return { ok: true, value: await this.#apply(sale, event.value) };
  }

  /** Takes a scanned consent without the centre. Where the till may not, it waits for the network, and the cashier is told why. */
  async takeAlone(sale: Sale): Promise<Sale> {
    if (sale.state.status !== 'charging' || !isConsent(sale.state.charge)) return sale;
    const taken = await this.#options.takeAlone(sale);
    if (taken.ok) this.#options.onChange(taken.value);
    else this.#options.onTrouble(sale.traceKey, taken.code);
    return taken.ok ? taken.value : sale;
  }

  async #run(loop: Loop, first: Sale, isFirstTry: boolean): Promise<void> {
    const { traceKey } = first;
    let sale = first;
    let failureCount = 0;
    while (isOpen(sale) && !loop.isStopped) {
      try {
        if (this.#options.isNetworkGone()) sale = await this.takeAlone(sale);
        if (!isOpen(sale)) return;
        const asked = sale;
        const isFirst = isFirstTry && asked === first;
        const event = await askAboutSale(asked, this.#options.centre, (answer) => this.#read(asked, answer), isFirst);
        failureCount = event.ok ? 0 : failureCount + 1;
        loop.recentFailureCount = event.ok ? 0 : loop.recentFailureCount + 1;
        this.#options.onTrouble(traceKey, !event.ok && failureCount >= TROUBLE_AFTER ? event.code : undefined);
        if (event.ok) sale = await this.#takeBackUnattended(loop, await this.#apply(asked, event.value));
        else if (event.code === 'no_network') sale = await this.takeAlone(asked);
        if (!isOpen(sale)) return;
        await this.#pause(loop, traceKey);
        sale = (await this.#options.store.load(traceKey)) ?? sale;
      } catch (error) {
        // Storage failed: what was learnt counts as not learnt, and is asked for again.
        reportError(error);
        failureCount += 1;
        loop.recentFailureCount += 1;
        this.#options.onTrouble(traceKey, 'storage_failed');
        await this.#pause(loop, traceKey);
      }
    }
  }

  async #apply(sale: Sale, event: SaleEvent): Promise<Sale> {
    const changed = await this.#options.store.applyEvents(sale.traceKey, [event]);
    this.#options.onChange(changed);
    return changed;
  }

  /** The cashier has gone on to other sales, and what was scanned did not pay: nobody scans again, so nobody shall pay it later. */
  async #takeBackUnattended(loop: Loop, sale: Sale): Promise<Sale> {
    if (sale.state.status !== 'charge-refused' || this.#options.situation(sale.traceKey).isInFront) return sale;
    loop.isNudged = true;
    return this.#apply(sale, { kind: 'cancel-asked' });
  }

  #pause(loop: Loop, traceKey: TraceKey): Promise<void> {
    if (loop.isNudged) {
      loop.isNudged = false;
      return Promise.resolve();
    }
    const { situation, random } = this.#options;
    const delayMs = askDelayMs({
      failureCount: loop.recentFailureCount,
      ...situation(traceKey),
      random: random(),
    });
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        loop.wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, delayMs);
      loop.wake = end;
    });
  }
}
