import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-code.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import { speakAmount } from '../../shared/browser/elements/speak-amount.ts';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { codeScreenStyles } from './code-screen-styles.ts';
import { describeWaiting } from './describe-waiting.ts';
import type { Sale } from './sale.ts';
import { statusStyles } from './status-styles.ts';

/**
 * The code a customer scans, as large as the screen allows, and beside it the same facts as text. Nothing on it moves
 * while someone aims: what changes, changes in a place kept for it.
 *
 * @property sale an open sale
 * @property codeText what the code says; empty while nobody may scan any more (over, or being cancelled)
 * @property isOnline
 * @property trouble why the centre cannot be asked although there is a network
 * @property now reads the corrected clock
 * @fires pos-cancel · pos-scan-instead · pos-time-up · pos-leave
 */
export class PosCodeScreen extends LitElement {
  static override properties: PropertyDeclarations = {
    sale: { attribute: false },
    codeText: { type: String },
    isOnline: { type: Boolean },
    trouble: { type: String },
    now: { attribute: false },
    copied: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, statusStyles, codeScreenStyles];

  declare sale: Sale;
  declare codeText: string;
  declare isOnline: boolean;
  declare trouble: RefusalCode | undefined;
  declare now: () => number;
  declare private copied: 'no' | 'yes' | 'failed';

  constructor() {
    super();
    this.copied = 'no';
    new FocusOnArrival(this, 'h1');
    new WakeLockController(this);
  }

  override render() {
    const { sale, codeText } = this;
    const { amountMinor, currency } = sale;
    const amount = speakAmount(amountMinor, currency, document.documentElement.lang);
    return html`<div class="plate">
        <tandem-countdown
          kind="frame"
          .endsAtMs=${sale.expiresAtMs}
          .durationMs=${sale.expiresAtMs - sale.requestedAtMs}
          .now=${this.now}
          label=""
          @tandem-countdown-end=${() => this.#fire('pos-time-up')}
        >
          <tandem-code .text=${codeText} .label=${say('code.label', { amount })}></tandem-code>
        </tandem-countdown>
        ${codeText ? nothing : this.#renderOver()}
      </div>
      <section class="facts-side">
        <header>
          <h1 tabindex="-1">${say('code.title')}</h1>
          <tandem-amount size="hero" .amountMinor=${amountMinor} .currency=${currency}></tandem-amount>
        </header>
        ${this.#renderStatus()}
        <dl class="facts">
          <dt>${say('code.shop')}</dt>
          <dd>${sale.shopName}</dd>
          <dt>${say('code.operator')}</dt>
          <dd>${sale.operatorName} (${sale.operatorNo})</dd>
          <dt>${say('code.time-left')}</dt>
          <dd class="left">
            <tandem-countdown
              kind="text"
              .endsAtMs=${sale.expiresAtMs}
              .durationMs=${sale.expiresAtMs - sale.requestedAtMs}
              .now=${this.now}
              .label=${say('code.valid-for')}
            ></tandem-countdown>
          </dd>
          <dt class="number">${say('payment.number')}</dt>
          <dd class="trace">${sale.traceKey}</dd>
        </dl>
        <p class="brightness">${say('code.brightness')}</p>
        <div class="actions">
          <button type="button" class="button text copy" ?disabled=${!codeText} @click=${this.#copy}>
            <tandem-icon name="copy"></tandem-icon>
            <span aria-live="polite">${say(COPY_WORDS[this.copied])}</span>
          </button>
          <div class="decide">
            ${
              sale.state.status === 'cancelling' || !codeText
                ? html`<button type="button" class="button large wide" @click=${() => this.#fire('pos-leave')}>
                  ${say('code.leave')}
                </button>`
                : html`<button type="button" class="button wide scan" @click=${() => this.#fire('pos-scan-instead')}>
                    ${say('code.scan-instead')}
                  </button>
                  <button type="button" class="button outline large wide" @click=${this.#cancel}>
                    ${say('code.cancel')}
                  </button>`
            }
          </div>
        </div>
      </section>`;
  }

  #renderStatus() {
    const { tone, title, note } = describeWaiting(this.sale.state, this.isOnline, this.trouble);
    return html`<div class="status ${tone}" role="status">
      <span class="pulse" aria-hidden="true"></span>
      <span>
        <strong>${title}</strong>
        ${note ? html`<span class="note">${note}</span>` : nothing}
      </span>
    </div>`;
  }

  #renderOver() {
    const isCancelling = this.sale.state.status === 'cancelling';
    return html`<p class="over">${say(isCancelling ? 'code.cancelling' : 'code.ending')}</p>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.codeText);
      this.copied = 'yes';
    } catch {
      this.copied = 'failed';
    }
  }

  /** A hurried finger's second tap on "Charge" lands here, and was not meant. */
  #cancel({ detail: taps }: MouseEvent): void {
    if (taps < 2) this.#fire('pos-cancel');
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

const COPY_WORDS = { no: 'code.copy', yes: 'code.copied', failed: 'code.copy-failed' } as const;

customElements.define('pos-code-screen', PosCodeScreen);

declare global {
  interface HTMLElementTagNameMap {
    'pos-code-screen': PosCodeScreen;
  }
}
