import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { maskAccountNumber } from '../../shared/protocol/identifiers.ts';
import { type Card, totalMinor } from '../cards/card.ts';
import { say } from '../texts.ts';
import { cardColours } from './card-colours.ts';
import { walletMark } from './wallet-mark.ts';
import '../../shared/browser/elements/tandem-amount.ts';

/**
 * A card as it lies in the wallet: its name, its money, its last four digits. The money is the largest thing.
 *
 * @property card
 * @property note one short line at the foot, such as when the balance was asked for last
 * @fires wallet-card-check a tap anywhere on an open card asks for its balance
 */
export class WalletCardFace extends LitElement {
  static override properties: PropertyDeclarations = {
    card: { attribute: false },
    note: { type: String },
  };

  static override styles = [
    sharedStyles,
    cardColours,
    css`
      :host {
        display: block;
        /* Words for screen readers stay inside the card: outside, those of a card beyond the edge would widen the page. */
        position: relative;
        container-type: inline-size;
      }
      .face {
        --text-money: clamp(1.625rem, 15cqi, 3.75rem);
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        min-block-size: max(11rem, 56cqi);
        padding: var(--space-5) var(--space-6);
        border-radius: var(--radius-xl);
        color: #fff;
        box-shadow: var(--elevation-2);
        overflow: hidden;
      }
      header,
      footer {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      .label {
        font-size: var(--text-l);
        font-weight: var(--weight-medium);
        line-height: 1.2;
        overflow-wrap: anywhere;
      }
      header svg {
        flex: none;
        inline-size: 2rem;
        block-size: 2rem;
        opacity: 0.9;
      }
      .money {
        margin-block: auto;
      }
      .what {
        display: block;
        margin-block-end: var(--space-1);
        font-size: var(--text-s);
      }
      footer {
        min-block-size: 1.75rem;
        font-size: var(--text-s);
        white-space: nowrap;
      }
      @container (max-width: 17rem) {
        .face {
          padding-inline: var(--space-5);
        }
        footer {
          font-size: var(--text-xs);
        }
      }
      @container (max-width: 14rem) {
        .face {
          padding: var(--space-4);
        }
        footer {
          flex-wrap: wrap;
        }
      }
      .digits {
        font-variant-numeric: tabular-nums;
        letter-spacing: 0.04em;
        white-space: nowrap;
      }
      /* As tall as a thumb, in a foot line that is not. */
      .check {
        min-block-size: var(--target-min);
        margin-block: calc((1.75rem - var(--target-min)) / 2);
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        /* A longer word takes a second line beside the digits, and the foot line stays as tall. */
        line-height: 1.15;
        text-align: end;
        white-space: normal;
        cursor: pointer;
      }
      /* The whole card is the target. */
      .check::after {
        content: '';
        position: absolute;
        inset: 0;
        border-radius: var(--radius-xl);
      }
      .check:focus-visible {
        outline: none;
      }
      .check:focus-visible::after {
        outline: 3px solid #fff;
        outline-offset: -6px;
      }
      .stopped {
        padding: var(--space-1) var(--space-3);
        border-radius: var(--radius-round);
        background: #fff;
        color: #241800;
        font-weight: var(--weight-bold);
      }
      .face.resting {
        filter: grayscale(0.75);
      }
    `,
  ];

  declare card: Card;
  declare note: string | undefined;

  override render() {
    const { card } = this;
    if (!card) return nothing;
    const isOpen = card.status === 'open';
    return html`<div class="face colour-${card.position % 4} ${isOpen ? '' : 'resting'}">
      <header><span class="label">${card.label}</span>${walletMark}</header>
      <div class="money">
        <span class="what">${say(isOpen && totalMinor(card) === 0 ? 'card.empty' : 'home.balance')}</span>
        <tandem-amount size="hero" .amountMinor=${totalMinor(card)} .currency=${card.currency}></tandem-amount>
      </div>
      <footer>
        <span class="digits">
          <span aria-hidden="true">${maskAccountNumber(card.accountNumber)}</span>
          <span class="visually-hidden">${say('card.ending', { digits: card.accountNumber.slice(-4) })}</span>
        </span>
        ${
          isOpen
            ? html`<button class="check" type="button" title=${say('home.check-again')} @click=${this.#onCheck}>
              ${this.note}
            </button>`
            : html`<span class="stopped">${say(card.status === 'frozen' ? 'card.stopped' : 'card.closed')}</span>`
        }
      </footer>
    </div>`;
  }

  #onCheck(): void {
    this.dispatchEvent(new CustomEvent('wallet-card-check', { bubbles: true, composed: true }));
  }
}

customElements.define('wallet-card-face', WalletCardFace);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-card-face': WalletCardFace;
  }
}
