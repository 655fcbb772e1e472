import { Store } from '../../shared/browser/state/store.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ReadySession } from '../account/account.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import type { PayFlow } from '../payment/pay-flow.ts';
import { waitedFor } from '../payment/pay-state.ts';
import type { SettlerNews } from '../payment/settler.ts';
import type { CardStack } from './card-stack.ts';

/** A payment that ended while its screen was closed. */
export interface SettledNotice {
  readonly isPaid: boolean;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly shopName: string;
}

export interface PaymentNewsParts {
  readonly payment: () => PayFlow;
  readonly cards: CardStack;
  readonly ready: () => ReadySession | undefined;
  readonly loadHistory: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  /** Asks to be woken when there is a network again. */
  readonly askForSync: () => void;
}

/** What follows when a payment came to its end, or could not be handed in yet: screen, balance, list, notice. */
export class PaymentNews {
  readonly freed: CardStack['freed'];
  readonly settledElsewhere = new Store<SettledNotice | undefined>(undefined);
  readonly #parts: PaymentNewsParts;

  constructor(parts: PaymentNewsParts) {
    this.#parts = parts;
    this.freed = parts.cards.freed;
  }

  async hear(news: SettlerNews): Promise<void> {
    const payment = this.#parts.payment();
    const shown = payment.state.value;
    const { accountNumber, facts, state, place, id } = news.intent;
    // What was set aside is off the balance since it was signed.
    if (state.status === 'paid' && !place) this.#takeOffBalance(accountNumber, facts.amountMinor, state.decidedAtMs);
    payment.hear(news);
    if (news.kind === 'waiting') {
      if (news.code === 'no_network') this.#parts.askForSync();
      return;
    }
    await this.#parts.loadHistory();
    if (waitedFor(shown)?.id !== id) this.settledElsewhere.set({ isPaid: state.status === 'paid', ...facts });
    await this.#parts.refresh();
  }

  async hearCode({ accountNumber, currency, state }: KeptPayCode, isShown: boolean): Promise<void> {
    if (state.status !== 'paid') return;
    const { amountMinor, decidedAtMs, shopName } = state;
    this.#takeOffBalance(accountNumber, amountMinor, decidedAtMs);
    await this.#parts.loadHistory();
    if (!isShown) this.settledElsewhere.set({ isPaid: true, amountMinor, currency, shopName });
    await this.#parts.refresh();
  }

  #takeOffBalance(accountNumber: AccountNumber, amountMinor: number, decidedAtMs: number): void {
    const session = this.#parts.ready();
    if (session && session.account.syncedAtMs < decidedAtMs) this.#parts.cards.takeOff(accountNumber, amountMinor);
  }
}
