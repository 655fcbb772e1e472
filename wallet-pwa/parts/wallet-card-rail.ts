import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Card } from '../cards/card.ts';
import { say } from '../texts.ts';
import './wallet-card-face.ts';

/** A card counts as chosen when it has come to rest: scrolling past one chooses nothing. */
const REST_MS = 140;

/**
 * The cards side by side: swipe, scroll or use the arrow keys. The one in the middle is the chosen one.
 *
 * @property cards
 * @property chosen account number of the card in the middle
 * @property note foot line of every card
 * @fires wallet-card-choose {accountNumber} when another card came to rest in the middle
 */
export class WalletCardRail extends LitElement {
  static override properties: PropertyDeclarations = {
    cards: { attribute: false },
    chosen: { type: String },
    note: { type: String },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      .rail {
        display: flex;
        gap: var(--space-3);
        margin-inline: calc(-1 * var(--page-inset, 0px));
        padding-inline: var(--page-inset, 0px);
        /* Room for the shadow, which a scrolling box would cut off, taken back from what follows. */
        padding-block: var(--space-1) 2.5rem;
        margin-block-end: calc(var(--space-3) - 2.5rem);
        overflow-x: auto;
        scroll-padding-inline: var(--page-inset, 0px);
        scroll-snap-type: x mandatory;
        scrollbar-width: none;
        overscroll-behavior-x: contain;
      }
      .rail:focus-visible {
        outline-offset: -3px;
      }
      wallet-card-face {
        flex: 0 0 100%;
        scroll-snap-align: center;
      }
      .several wallet-card-face {
        flex-basis: calc(100% - 2.25rem);
      }
      .dots {
        display: flex;
        justify-content: center;
        gap: var(--space-2);
        block-size: 0.5rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .dots li {
        inline-size: 0.5rem;
        block-size: 0.5rem;
        border-radius: 50%;
        background: var(--color-mark);
        opacity: 0.45;
        transition:
          inline-size var(--motion-quick),
          opacity var(--motion-quick);
      }
      .dots .chosen {
        inline-size: 1.25rem;
        border-radius: var(--radius-round);
        background: var(--color-text);
        opacity: 1;
      }
    `,
  ];

  declare cards: readonly Card[];
  declare chosen: AccountNumber | undefined;
  declare note: string | undefined;

  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #shownFor: AccountNumber | undefined;

  constructor() {
    super();
    this.cards = [];
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#restTimer);
    super.disconnectedCallback();
  }

  override render() {
    const hasSeveral = this.cards.length > 1;
    return html`<div
        class="rail ${hasSeveral ? 'several' : ''}"
        role="group"
        aria-label=${say('home.cards')}
        tabindex=${hasSeveral ? '0' : '-1'}
        @scroll=${this.#onScroll}
        @keydown=${this.#onKey}
      >
        ${repeat(
          this.cards,
          ({ accountNumber }) => accountNumber,
          (card, index) => html`<wallet-card-face
            role="group"
            aria-label=${say('home.card', { position: index + 1, count: this.cards.length })}
            .card=${card}
            .note=${this.note}
          ></wallet-card-face>`,
        )}
      </div>
      <ul class="dots" aria-hidden="true" ?hidden=${!hasSeveral}>
        ${hasSeveral ? this.cards.map(({ accountNumber }) => html`<li class=${accountNumber === this.chosen ? 'chosen' : ''}></li>`) : ''}
      </ul>`;
  }

  override updated(): void {
    // Only when somebody else chose: the person's own scrolling is not corrected under the finger.
    if (this.chosen === this.#shownFor) return;
    const isFirst = this.#shownFor === undefined;
    this.#shownFor = this.chosen;
    this.#faceAt(this.#chosenIndex)?.scrollIntoView({
      behavior: isFirst ? 'instant' : 'smooth',
      block: 'nearest',
      inline: 'center',
    });
  }

  get #chosenIndex(): number {
    return Math.max(
      0,
      this.cards.findIndex(({ accountNumber }) => accountNumber === this.chosen),
    );
  }

  #faceAt(index: number): Element | undefined {
    return this.renderRoot.querySelectorAll('wallet-card-face')[index];
  }

  #onScroll(): void {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#choose(this.#middleIndex()), REST_MS);
  }

  #onKey(event: KeyboardEvent): void {
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const card = this.cards[this.#chosenIndex + (isRtl ? -step : step)];
    if (step === 0 || !card) return;
    event.preventDefault();
    this.#fire(card.accountNumber);
  }

  #middleIndex(): number {
    const rail = this.renderRoot.querySelector('.rail')?.getBoundingClientRect();
    if (!rail) return 0;
    const middle = rail.left + rail.width / 2;
    const distances = [...this.renderRoot.querySelectorAll('wallet-card-face')].map((face) => {
      const box = face.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - middle);
    });
    return distances.indexOf(Math.min(...distances));
  }

  #choose(index: number): void {
    const accountNumber = this.cards[index]?.accountNumber;
    if (!accountNumber || accountNumber === this.chosen) return;
    this.#shownFor = accountNumber;
    this.#fire(accountNumber);
  }

  #fire(accountNumber: AccountNumber): void {
    this.dispatchEvent(
      new CustomEvent('wallet-card-choose', { detail: { accountNumber }, bubbles: true, composed: true }),
    );
  }
}

customElements.define('wallet-card-rail', WalletCardRail);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-card-rail': WalletCardRail;
  }
  interface HTMLElementEventMap {
    'wallet-card-choose': CustomEvent<{ accountNumber: AccountNumber }>;
  }
}
