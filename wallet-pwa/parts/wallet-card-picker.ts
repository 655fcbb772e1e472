import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { type AccountNumber, maskAccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Card } from '../cards/card.ts';
import { cardMoney } from '../cards/card-money.ts';
import { say } from '../texts.ts';
import { cardColours } from './card-colours.ts';
import '../../shared/browser/elements/tandem-icon.ts';

/**
 * Which card pays, with its money now and after. One card is a line to read; several open to a list to choose from.
 *
 * @property cards
 * @property chosen
 * @property amountMinor what is to be paid
 * @property isUpTo the amount is the most, not what will be paid: money after it is not told
 * @property isOnline
 * @property isLocked while the passkey is open
 * @fires wallet-card-choose {accountNumber}
 */
export class WalletCardPicker extends LitElement {
  static override properties: PropertyDeclarations = {
    cards: { attribute: false },
    chosen: { type: String },
    amountMinor: { type: Number },
    isUpTo: { type: Boolean },
    isOnline: { type: Boolean },
    isLocked: { type: Boolean },
    isOpen: { state: true },
  };

  static override styles = [
    sharedStyles,
    cardColours,
    css`
      :host {
        display: block;
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 1px solid color-mix(in oklab, var(--color-text) 16%, transparent);
        border-radius: var(--radius-l);
        overflow: clip;
      }
      .row {
        padding-inline: var(--space-4);
        cursor: default;
      }
      label.row,
      button.row {
        cursor: pointer;
      }
      .row + .row {
        border-block-start: 1px solid var(--color-line);
      }
      .row:has(:focus-visible) {
        outline: 3px solid var(--color-focus);
        outline-offset: -3px;
      }
      input {
        flex: none;
        inline-size: 1.375rem;
        block-size: 1.375rem;
        margin: 0;
        accent-color: var(--color-accent);
      }
      input:focus-visible {
        outline: none;
      }
      .swatch {
        flex: none;
        inline-size: 2.75rem;
        aspect-ratio: 1.586;
        border-radius: 0.375rem;
      }
      .row .too-little {
        color: var(--color-not-paid-text);
      }
      .digits {
        white-space: nowrap;
        font-weight: var(--weight-regular);
      }
      .change {
        --icon-size: 1.25rem;
        display: flex;
        align-items: center;
        gap: var(--space-1);
        color: var(--color-accent);
        font-size: var(--text-s);
        font-weight: var(--weight-medium);
      }
      /* Beside two short lines the arrow alone says it; a screen reader still hears the word. */
      @media (max-width: 24rem) {
        .row {
          gap: var(--space-3);
        }
        .change span {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  declare cards: readonly Card[];
  declare chosen: AccountNumber | undefined;
  declare amountMinor: number;
  declare isUpTo: boolean;
  declare isOnline: boolean;
  declare isLocked: boolean;
  declare private isOpen: boolean;

  constructor() {
    super();
    this.cards = [];
    this.amountMinor = 0;
    this.isUpTo = false;
    this.isOnline = true;
    this.isLocked = false;
    this.isOpen = false;
  }

  override render() {
    const chosen = this.cards.find(({ accountNumber }) => accountNumber === this.chosen);
    if (!chosen) return html`<fieldset><div class="row quiet">${say('pay.no-card')}</div></fieldset>`;
    if (this.cards.length === 1) return html`<fieldset><div class="row">${this.#renderCard(chosen)}</div></fieldset>`;
    if (!this.isOpen) {
      return html`<fieldset>
        <button class="row" type="button" aria-expanded="false" ?disabled=${this.isLocked} @click=${this.#open}>
          ${this.#renderCard(chosen)}
          <span class="change"><span>${say('pay.change-card')}</span><tandem-icon name="down"></tandem-icon></span>
        </button>
      </fieldset>`;
    }
    return html`<fieldset>
      <legend class="visually-hidden">${say('pay.card')}</legend>
      ${this.cards.map(
        (card) => html`<label class="row">
          ${this.#renderCard(card)}
          <input
            type="radio"
            name="card"
            .value=${card.accountNumber}
            .checked=${card.accountNumber === this.chosen}
            ?disabled=${this.isLocked}
            @change=${() => this.#choose(card.accountNumber)}
          />
        </label>`,
      )}
    </fieldset>`;
  }

  #renderCard(card: Card) {
    return html`<span class="swatch colour-${card.position % 4}" aria-hidden="true"></span>
      <span class="main">
        <span class="title">
          ${card.label} <span class="digits quiet figures">${maskAccountNumber(card.accountNumber)}</span>
        </span>
        ${this.#renderMoney(card)}
      </span>`;
  }

  #renderMoney(card: Card) {
    const { text, isTooLittle } = cardMoney(card, this);
    return html`<span class="note ${isTooLittle ? 'too-little' : ''}">${text}</span>`;
  }

  #open(): void {
    this.isOpen = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('input:checked')?.focus());
  }

  #choose(accountNumber: AccountNumber): void {
    this.dispatchEvent(
      new CustomEvent('wallet-card-choose', { detail: { accountNumber }, bubbles: true, composed: true }),
    );
  }
}

customElements.define('wallet-card-picker', WalletCardPicker);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-card-picker': WalletCardPicker;
  }
}
