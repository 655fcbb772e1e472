import { Store } from '../../shared/browser/state/store.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Card, Release } from '../cards/card.ts';
import { topCard } from '../cards/choose-card.ts';
import { freedMinor } from '../cards/held.ts';
import { joinSetAside } from '../cards/join-set-aside.ts';
import type { KeptChain } from '../offline/kept-chain.ts';

/** The cards as the centre last said, and as they are to be shown: with what this phone has spent since of what is set aside. */
export class CardStack {
  readonly known = new Store<readonly Card[]>([]);
  readonly shown = new Store<readonly Card[]>([]);
  /** What came back to a card by itself. */
  readonly freed = new Store<(Pick<Release, 'amountMinor'> & Pick<Card, 'currency'>) | undefined>(undefined);
  readonly #chains: Store<readonly KeptChain[]>;
  readonly #nowMs: () => number;
  #before: readonly Card[] = [];

  constructor(chains: Store<readonly KeptChain[]>, nowMs: () => number) {
    this.#chains = chains;
    this.#nowMs = nowMs;
    this.known.subscribe((cards) => {
      this.#join();
      this.#noteFreed(cards);
    });
    chains.subscribe(() => this.#join());
  }

  /** The card that lies on top. */
  top(lastCard: AccountNumber | undefined): Card | undefined {
    const number = topCard(this.known.value, lastCard);
    return this.known.value.find(({ accountNumber }) => accountNumber === number);
  }

  /** What the centre says of one card alone. */
  adopt(card: Card): void {
    this.known.update((cards) => cards.map((known) => (known.accountNumber === card.accountNumber ? card : known)));
  }

  /** What is left stands beside "paid" at once; the next answer of the centre says it with authority. */
  takeOff(number: AccountNumber, amountMinor: number): void {
    this.known.update((cards) =>
      cards.map((card) =>
        card.accountNumber === number ? { ...card, availableMinor: card.availableMinor - amountMinor } : card,
      ),
    );
  }

  /** A text that changes with any balance. */
  balancesKey(): string {
    return this.known.value.map(({ accountNumber, availableMinor }) => `${accountNumber} ${availableMinor}`).join();
  }

  #noteFreed(cards: readonly Card[]): void {
    for (const card of cards) {
      const before = this.#before.find(({ accountNumber }) => accountNumber === card.accountNumber);
      const amountMinor = before ? freedMinor(before, card, this.#nowMs()) : 0;
      if (amountMinor > 0) this.freed.set({ amountMinor, currency: card.currency });
    }
    this.#before = cards;
  }

  #join(): void {
    this.shown.set(joinSetAside(this.known.value, this.#chains.value, this.#nowMs()));
  }
}
