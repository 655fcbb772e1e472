import { css, html, LitElement, nothing } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { say } from '../say.ts';
import type { AmountKey } from './amount-entry.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0'] as const;

/**
 * The key pad. A digit counts when the finger comes down, not when it leaves: with two fingers in turn the second touches
 * before the first has left, and browsers make no click of that.
 *
 * @fires pos-key {AmountKey}
 */
export class PosAmountPad extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      .keys {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        grid-auto-rows: minmax(3.25rem, 1fr);
        gap: clamp(0.375rem, 1.2vmin, 0.75rem);
        block-size: 100%;
        /* Digits stand where calculators have them, also where people read from right to left. */
        direction: ltr;
      }
      .key {
        display: grid;
        place-items: center;
        min-block-size: 3.25rem;
        padding: 0;
        border: 0;
        border-radius: var(--radius-l);
        background: var(--color-surface);
        box-shadow: var(--elevation-1);
        color: var(--color-text);
        font: inherit;
        font-size: clamp(1.625rem, 4.2vmin, 2.5rem);
        font-weight: var(--weight-medium);
        font-variant-numeric: tabular-nums lining-nums;
        line-height: 1;
        cursor: pointer;
        user-select: none;
        -webkit-user-select: none;
        -webkit-tap-highlight-color: transparent;
        touch-action: none;
        --icon-size: 0.95em;
      }
      .key.side {
        background: transparent;
        box-shadow: none;
        color: var(--color-text-quiet);
      }
      .key:active {
        background: color-mix(in oklab, var(--color-text) 14%, var(--color-surface));
        box-shadow: none;
      }
      @media (hover: hover) {
        .key:hover:not(:active) {
          background: color-mix(in oklab, var(--color-text) 5%, var(--color-surface));
        }
      }
    `,
  ];

  override render() {
    return html`<div class="keys" role="group" aria-label=${say('pad.keys')} @mousedown=${keepFocus}>
      ${DIGITS.map((digits) => this.#renderKey({ kind: 'digits', digits }, digits))}
      ${this.#renderKey(
        { kind: 'backspace' },
        html`<tandem-icon name="backspace"></tandem-icon>`,
        say('pad.backspace'),
      )}
    </div>`;
  }

  #renderKey(key: AmountKey, face: unknown, label?: string) {
    const isSide = key.kind !== 'digits' || key.digits === '00';
    return html`<button
      type="button"
      class="key ${isSide ? 'side' : ''}"
      aria-label=${label ?? nothing}
      @pointerdown=${(event: PointerEvent) => {
        if (event.button === 0) this.#press(key);
      }}
      @click=${(event: MouseEvent) => {
        // Only a keyboard or a screen reader clicks without a pointer.
        if (event.detail === 0) this.#press(key);
      }}
    >
      ${face}
    </button>`;
  }

  #press(detail: AmountKey): void {
    navigator.vibrate?.(8);
    this.dispatchEvent(new CustomEvent<AmountKey>('pos-key', { detail, bubbles: true, composed: true }));
  }
}

/** A key that was tapped must not hold the focus: Enter would press it again instead of charging. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

customElements.define('pos-amount-pad', PosAmountPad);

declare global {
  interface HTMLElementTagNameMap {
    'pos-amount-pad': PosAmountPad;
  }
}
