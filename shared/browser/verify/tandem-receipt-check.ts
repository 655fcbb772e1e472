import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../elements/tandem-amount.ts';
import '../elements/tandem-icon.ts';
import { formatTraceKey } from '../../protocol/identifiers.ts';
import { isPaid } from '../../protocol/payment/verify-receipt.ts';
import { say } from '../i18n/say.ts';
import type { ScannedText } from '../scanner/scan-source.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import { isReceiptText, judgeReceipt, type ReceiptVerdict } from './judge-receipt.ts';
import type { ReceiptKeys } from './receipt-keys.ts';

/**
 * Is this receipt genuine? Scan it or paste it; the answer needs no network. Knows of no account, and sends nothing anywhere.
 *
 * @property {() => Promise<ReceiptKeys | undefined>} loadKeys
 */
export class TandemReceiptCheck extends LitElement {
  static override properties: PropertyDeclarations = {
    loadKeys: { attribute: false },
    verdict: { state: true },
    isScanning: { state: true },
    keys: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--space-5);
      }
      tandem-scanner {
        block-size: min(60dvh, 26rem);
        overflow: hidden;
        border-radius: var(--radius-l);
      }
      textarea {
        min-block-size: 7rem;
        font-size: var(--text-s);
        overflow-wrap: anywhere;
        resize: vertical;
      }
      .verdict {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        padding: var(--space-5);
      }
      .verdict p {
        margin: 0;
      }
      .chip {
        align-self: start;
      }
      .said {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        font-size: var(--text-l);
        font-weight: var(--weight-bold);
      }
      .genuine tandem-icon {
        color: var(--color-paid-text);
      }
      .not-genuine tandem-icon {
        color: var(--color-danger);
      }
      .shop {
        font-size: var(--text-l);
        font-weight: var(--weight-medium);
      }
    `,
  ];

  declare loadKeys: () => Promise<ReceiptKeys | undefined>;
  declare private verdict: ReceiptVerdict | undefined;
  declare private isScanning: boolean;
  /** Undefined while they are looked for; null where there are none. */
  declare private keys: ReceiptKeys | null | undefined;

  constructor() {
    super();
    this.isScanning = false;
  }

  override firstUpdated(): void {
    void this.#load();
  }

  override render() {
    if (this.keys === null) return html`<p class="empty">${say('check.no-keys')}</p>`;
    return html`<p class="quiet">${say('check.how', { programme: this.keys?.programmeName ?? '' })}</p>
      ${this.isScanning ? this.#renderScanner() : this.#renderWays()} ${this.#renderVerdict()}`;
  }

  #renderWays() {
    return html`<button class="button primary large wide" type="button" @click=${this.#scan}>
        <tandem-icon name="scan"></tandem-icon>${say('check.scan')}
      </button>
      <form class="stack" @submit=${this.#onPaste}>
        <div class="field">
          <label for="text">${say('check.paste')}</label>
          <textarea id="text" name="text" autocomplete="off" autocapitalize="off" spellcheck="false"></textarea>
        </div>
        <button class="button wide" type="submit">${say('check.submit')}</button>
      </form>`;
  }

  #renderScanner() {
    return html`<tandem-scanner
        .prompt=${say('check.prompt')}
        .accepts=${isReceiptText}
        @tandem-scan=${({ detail }: CustomEvent<ScannedText>) => this.#onScan(detail.text)}
      ></tandem-scanner>
      <button
        class="button text wide"
        type="button"
        @click=${() => {
          this.isScanning = false;
        }}
      >
        ${say('check.stop')}
      </button>`;
  }

  #renderVerdict() {
    const { verdict } = this;
    return html`<div role="status" aria-live="polite">
      ${
        verdict === undefined
          ? nothing
          : verdict.kind === 'genuine'
            ? this.#renderGenuine(verdict)
            : html`<div class="card verdict not-genuine">
                <p class="said"><tandem-icon name="warning"></tandem-icon>${say(`check.${verdict.kind}`)}</p>
                <p>${this.#reasonOf(verdict)}</p>
              </div>`
      }
    </div>`;
  }

  #renderGenuine({ receipt }: ReceiptVerdict & { kind: 'genuine' }) {
    const { amountMinor, currency, exponent, shopName, decidedAtMs, cardEnding } = receipt;
    const hasPaid = isPaid(receipt);
    const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
    return html`<div class="card verdict genuine">
      <p class="said"><tandem-icon name="verified"></tandem-icon>${say('check.genuine')}</p>
      <p class="shop">${shopName}</p>
      <tandem-amount size="large" .amountMinor=${amountMinor} .currency=${{ code: currency, exponent }}></tandem-amount>
      <p class=${`chip ${hasPaid ? 'paid' : 'not-paid'}`}>${say(hasPaid ? 'check.paid' : 'check.not-paid')}</p>
      <dl class="facts">
        <dt>${say('check.when')}</dt>
        <dd>${moment.format(decidedAtMs)}</dd>
        ${
          cardEnding === undefined
            ? nothing
            : html`<dt>${say('check.card')}</dt>
                <dd>••••\u00a0${cardEnding}</dd>`
        }
        <dt>${say('check.number')}</dt>
        <dd class="figures">${formatTraceKey(receipt)}</dd>
      </dl>
    </div>`;
  }

  #reasonOf(verdict: Exclude<ReceiptVerdict, { kind: 'genuine' }>): string {
    if (verdict.kind === 'unreadable') return say('check.unreadable-next');
    return say(verdict.isOtherProgramme ? 'check.other-programme' : 'check.not-genuine-next');
  }

  async #load(): Promise<void> {
    this.keys = (await this.loadKeys()) ?? null;
  }

  async #scan(): Promise<void> {
    this.verdict = undefined;
    await import('../scanner/tandem-scanner.ts');
    this.isScanning = true;
  }

  #onScan(text: string): void {
    this.isScanning = false;
    void this.#judge(text);
  }

  #onPaste(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.renderRoot.querySelector('textarea');
    if (field?.value.trim()) void this.#judge(field.value);
    else field?.focus();
  }

  async #judge(text: string): Promise<void> {
    if (this.keys) this.verdict = await judgeReceipt(text, this.keys.trust);
  }
}

customElements.define('tandem-receipt-check', TandemReceiptCheck);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-receipt-check': TandemReceiptCheck;
  }
}
