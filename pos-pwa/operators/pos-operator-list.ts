import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { OperatorAnswer } from '../../shared/protocol/wire/terminals.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';

/**
 * The shop's cashiers to choose from.
 *
 * @property operators
 * @property isReloading
 * @fires pos-choose {OperatorAnswer} · pos-reload
 */
export class PosOperatorList extends LitElement {
  static override properties: PropertyDeclarations = {
    operators: { attribute: false },
    isReloading: { type: Boolean },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .row {
        min-block-size: 4.5rem;
      }
      .number {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: 50%;
        background: color-mix(in oklab, var(--color-text) 8%, var(--color-surface));
        font-weight: var(--weight-bold);
        font-variant-numeric: tabular-nums;
      }
      .title {
        font-size: var(--text-l);
      }
    `,
  ];

  declare operators: readonly OperatorAnswer[];
  declare isReloading: boolean;

  override render() {
    if (this.operators.length === 0) {
      return html`<div class="empty card">
        <p>${say('operators.empty')}</p>
        <button class="button" type="button" aria-busy=${this.isReloading} @click=${() => this.#fire('pos-reload')}>
          <tandem-icon name="refresh"></tandem-icon>${say('operators.look-again')}
        </button>
      </div>`;
    }
    return html`<ul class="rows" role="list">
      ${this.operators.map(
        (operator) => html`<li>
          <button class="row" type="button" @click=${() => this.#fire('pos-choose', operator)}>
            <span class="number" aria-hidden="true">${operator.operatorNo}</span>
            <span class="main">
              <span class="title">${operator.name}</span>
              <span class="note visually-hidden">${say('operators.number', { number: operator.operatorNo })}</span>
            </span>
            ${operator.hasPasskey ? nothing : html`<span class="chip">${say('operators.new')}</span>`}
            <tandem-icon name="forward"></tandem-icon>
          </button>
        </li>`,
      )}
    </ul>`;
  }

  #fire(type: string, detail?: OperatorAnswer): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('pos-operator-list', PosOperatorList);

declare global {
  interface HTMLElementTagNameMap {
    'pos-operator-list': PosOperatorList;
  }
}
