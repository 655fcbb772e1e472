import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatTraceKey, type TraceKey } from '../../shared/protocol/identifiers.ts';
import type { PaymentsBook, ShownReceipt } from '../payments/payments-book.ts';
import '../parts/pos-page.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { formatReceiptText, listReceiptLines } from './receipt-lines.ts';
import { receiptStyles } from './receipt-styles.ts';

/**
 * One receipt, to show, print or share. Its signature is checked when it is opened.
 *
 * @property traceKey
 * @property book
 * @property programmeName
 */
export class PosReceipt extends LitElement {
  static override properties: PropertyDeclarations = {
    traceKey: { type: String },
    book: { attribute: false },
    programmeName: { type: String },
    shown: { state: true },
    isCopied: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, receiptStyles];

  declare traceKey: TraceKey;
  declare book: PaymentsBook;
  declare programmeName: string;
  /** Undefined while it is being read; null when there is none. */
  declare private shown: ShownReceipt | null | undefined;
  declare private isCopied: boolean;

  constructor() {
    super();
    this.isCopied = false;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('traceKey')) void this.#open(this.traceKey);
  }

  override render() {
    return html`<pos-page .heading=${say('receipt.title')}>
      ${
        this.shown === null
          ? html`<p class="empty">${say('receipt.missing')}</p>`
          : this.shown === undefined
            ? nothing
            : this.#renderReceipt(this.shown)
      }
    </pos-page>`;
  }

  #renderReceipt(shown: ShownReceipt) {
    const { receipt, isVerified } = shown;
    const { currency, exponent, amountMinor, shopName } = receipt;
    return html`<article class="card slip">
        <header>
          <p class="shop">${shopName}</p>
          <p class="quiet small">${this.programmeName}</p>
          <tandem-amount size="hero" .amountMinor=${amountMinor} .currency=${{ code: currency, exponent }}></tandem-amount>
          <p class="chip paid"><tandem-icon name="tick"></tandem-icon>${say('receipt.paid')}</p>
        </header>
        <dl class="facts">
          ${listReceiptLines(shown, document.documentElement.lang).map(
            ({ label, value }) => html`<dt>${label}</dt>
              <dd>${value}</dd>`,
          )}
        </dl>
        <footer>
          <p class="figures">${formatTraceKey(receipt)}</p>
          ${
            isVerified
              ? html`<p class="proof"><tandem-icon name="verified"></tandem-icon>${say('receipt.verified')}</p>`
              : html`<p class="proof bad" role="alert">
                  <tandem-icon name="warning"></tandem-icon>${say('receipt.unverified')}
                </p>`
          }
        </footer>
      </article>
      <div class="actions">
        <button class="button primary large" type="button" @click=${() => window.print()}>
          <tandem-icon name="print"></tandem-icon>${say('receipt.print')}
        </button>
        <button class="button large" type="button" @click=${this.#share}>
          <tandem-icon name="share"></tandem-icon>
          <span aria-live="polite">${say(this.isCopied ? 'receipt.copied' : 'receipt.share')}</span>
        </button>
      </div>`;
  }

  async #open(traceKey: TraceKey): Promise<void> {
    const shown = await this.book.openReceipt(traceKey);
    if (traceKey === this.traceKey) this.shown = shown ?? null;
  }

  async #share(): Promise<void> {
    if (!this.shown) return;
    const text = formatReceiptText(this.shown, document.documentElement.lang);
    try {
      if (navigator.share) await navigator.share({ title: say('receipt.title'), text });
      else {
        await navigator.clipboard.writeText(text);
        this.isCopied = true;
      }
    } catch {
      // The person closed the share sheet, or the clipboard is not allowed: printing is still there.
    }
  }
}

customElements.define('pos-receipt', PosReceipt);

declare global {
  interface HTMLElementTagNameMap {
    'pos-receipt': PosReceipt;
  }
}
