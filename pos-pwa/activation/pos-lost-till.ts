import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { addressOf } from '../app/addresses.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import '../parts/pos-open-sales.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { welcomeStyles } from '../parts/welcome-styles.ts';
import type { Sale } from '../sale/sale.ts';
import { say } from '../say.ts';

/**
 * In place of the pad, once the centre takes nothing of this till any more: says so, names what is still open, and leads to
 * a new activation. Nothing is forgotten before that has worked.
 *
 * @property trouble what the centre said
 * @property openCount sales whose end is not known; asks `listOpen` again when it changes
 * @property listOpen those sales
 * @property hasPayments whether the day's payments can be looked at
 * @property askAgain asks the centre once more
 * @fires pos-set-up-again
 */
export class PosLostTill extends LitElement {
  static override properties: PropertyDeclarations = {
    trouble: { type: String },
    openCount: { type: Number },
    listOpen: { attribute: false },
    hasPayments: { type: Boolean },
    askAgain: { attribute: false },
    openSales: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    welcomeStyles,
    css`
      .ways {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
      }
      .said {
        min-block-size: 1.45em;
        text-align: center;
      }
    `,
  ];

  declare trouble: RefusalCode;
  declare openCount: number;
  declare listOpen: () => Promise<readonly Sale[]>;
  declare hasPayments: boolean;
  declare askAgain: () => Promise<Result<unknown>>;
  declare private openSales: readonly Sale[];

  readonly #ask = new TaskController(this, () => this.askAgain());

  constructor() {
    super();
    this.openSales = [];
    new FocusOnArrival(this, 'h1');
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('openCount')) void this.#list();
  }

  override render() {
    const isClosed = this.trouble === 'terminal_closed' || this.trouble === 'certificate_revoked';
    return html`<main>
      <div class="head">
        <tandem-icon name="shop"></tandem-icon>
        <h1 tabindex="-1">${say(isClosed ? 'lost.title-closed' : 'lost.title')}</h1>
        <p class="quiet">${say(isClosed ? 'lost.note-closed' : 'lost.note')}</p>
      </div>
      <pos-open-sales .sales=${this.openSales}></pos-open-sales>
      <div class="ways">
        <button class="button primary large wide" type="button" @click=${this.#setUpAgain}>${say('lost.set-up')}</button>
        ${
          this.hasPayments
            ? html`<a class="button large wide" href=${addressOf('payments')}>${say('lost.payments')}</a>`
            : nothing
        }
        <button
          class="button text wide"
          type="button"
          aria-busy=${this.#ask.isBusy}
          @click=${() => void this.#ask.run()}
        >
          ${say('lost.ask-again')}
        </button>
        <p class="said small quiet" role="status">${this.#saidText}</p>
      </div>
    </main>`;
  }

  get #saidText(): string {
    const { state } = this.#ask;
    if (state.status !== 'failed') return '';
    return say(state.error.code === this.trouble ? 'lost.still' : 'lost.no-answer');
  }

  async #list(): Promise<void> {
    this.openSales = await this.listOpen();
  }

  #setUpAgain(): void {
    this.dispatchEvent(new CustomEvent('pos-set-up-again', { bubbles: true, composed: true }));
  }
}

customElements.define('pos-lost-till', PosLostTill);

declare global {
  interface HTMLElementTagNameMap {
    'pos-lost-till': PosLostTill;
  }
}
