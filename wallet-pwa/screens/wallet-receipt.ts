import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { formatTraceKey, maskAccountNumber } from '../../shared/protocol/identifiers.ts';
import { verifyReceipt } from '../../shared/protocol/payment/verify-receipt.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { receiptCodeText } from '../history/receipt-code-text.ts';
import { type Fact, receiptFacts } from '../history/receipt-facts.ts';
import { sayReceipt } from '../history/receipt-texts.ts';
import { titleOf, waitingWords } from '../parts/entry-row.ts';
import { formatReceiptMoment } from '../parts/format-moment.ts';
import { say } from '../texts.ts';
import { receiptStyles } from './receipt-styles.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import '../parts/wallet-receipt-code.ts';

type Proof =
  | { readonly status: 'none' }
  | { readonly status: 'checking' }
  | { readonly status: 'verified'; readonly receipt: ReceiptContent }
  | { readonly status: 'broken' };

/**
 * One payment in full, with the centre's signature checked again each time it is looked at. Prints as a slip.
 *
 * @property entry undefined when this phone does not know it
 * @property trust the centre's keys
 * @property currency
 * @property programmeName
 * @property base
 * @property nowMs reads the clock
 * @property tryAgain hands in once more what stepped aside
 * @fires wallet-notice {text} when the receipt, or its code, was copied
 */
export class WalletReceipt extends LitElement {
  static override properties: PropertyDeclarations = {
    entry: { attribute: false },
    trust: { attribute: false },
    currency: { attribute: false },
    programmeName: { type: String },
    base: { type: String },
    nowMs: { attribute: false },
    tryAgain: { attribute: false },
    proof: { state: true },
    isCodeShown: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, receiptStyles];

  declare entry: HistoryEntry | undefined;
  declare trust: CentreTrust;
  declare currency: Currency;
  declare programmeName: string;
  declare base: string;
  declare nowMs: () => number;
  declare tryAgain: (id: string) => Promise<void>;
  declare private isCodeShown: boolean;
  declare private proof: Proof;

  constructor() {
    super();
    this.proof = { status: 'none' };
    this.isCodeShown = false;
    new ScreenArrival(this, sayReceipt('receipt.title'));
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('entry') as HistoryEntry | undefined;
    if (changed.has('entry') && before?.receipt !== this.entry?.receipt) void this.#check();
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href="${this.base}history">
          <tandem-icon name="back" label=${say('app.back')}></tandem-icon>
        </a>
        <h1 tabindex="-1">${sayReceipt('receipt.title')}</h1>
      </header>
      ${this.entry ? this.#renderSlip(this.entry) : this.#renderMissing()}`;
  }

  #renderMissing() {
    return html`<div class="empty fill">
      <strong>${sayReceipt('receipt.missing')}</strong>
      <p>${sayReceipt('receipt.missing-how')}</p>
      <a class="button" href="${this.base}history">${say('history.title')}</a>
    </div>`;
  }

  #renderSlip(entry: HistoryEntry) {
    const { main, all } = this.#facts(entry);
    return html`<article class="slip">
        <header>
          ${this.#renderStatus(entry)}
          <h2>${titleOf(entry, this.programmeName)}</h2>
          ${entry.isCode ? nothing : this.#renderAmount(entry)}
          ${this.#renderReason(entry)}
        </header>
        ${factList(main)} ${this.#renderProof()}
        ${
          all.length > 0
            ? html`<details>
              <summary>${sayReceipt('receipt.all')}<tandem-icon name="down"></tandem-icon></summary>
              ${factList(all)}
            </details>`
            : nothing
        }
      </article>
      <div class="foot">
        <div class="actions">
          ${this.#renderCodeButton(entry)} ${this.#renderTryAgain(entry)}
          <button class="button" type="button" @click=${() => this.#share(entry)}>
            <tandem-icon name="share"></tandem-icon>${sayReceipt('receipt.share')}
          </button>
          <button class="button" type="button" @click=${() => print()}>
            <tandem-icon name="print"></tandem-icon>${sayReceipt('receipt.print')}
          </button>
        </div>
      </div>
      ${this.#renderCode(entry)}`;
  }

  #renderAmount({ amountMinor }: HistoryEntry) {
    return html`<tandem-amount
      size="hero"
      .amountMinor=${Math.abs(amountMinor)}
      .currency=${this.currency}
    ></tandem-amount>`;
  }

  /** Of what stepped aside: it never goes by itself again. */
  #renderTryAgain({ id, parkedFor }: HistoryEntry) {
    if (!parkedFor) return nothing;
    return html`<button class="button primary" type="button" @click=${() => void this.#tryAgain(id)}>
      ${sayReceipt('receipt.try-again')}
    </button>`;
  }

  async #tryAgain(id: string): Promise<void> {
    await this.tryAgain(id);
    this.#notice(sayReceipt('receipt.trying'));
  }

  #renderCodeButton({ receipt }: HistoryEntry) {
    if (receipt === undefined) return nothing;
    return html`<button class="button code" type="button" @click=${() => this.#showCode(true)}>
      <tandem-icon name="scan"></tandem-icon>${say('receipt-code.action')}
    </button>`;
  }

  /** For a shop that has no network, and for anyone who wants to check it. */
  #renderCode({ receipt }: HistoryEntry) {
    const bytes = receipt === undefined ? undefined : decodeBase64url(receipt);
    if (!bytes) return nothing;
    return html`<tandem-sheet
      ?open=${this.isCodeShown}
      .heading=${sayReceipt('receipt.title')}
      @tandem-sheet-close=${() => this.#showCode(false)}
    >
      ${this.isCodeShown ? html`<wallet-receipt-code .receipt=${bytes}></wallet-receipt-code>` : nothing}
      <button slot="actions" class="button wide" type="button" @click=${() => this.#copyCode()}>
        <tandem-icon name="copy"></tandem-icon>${sayReceipt('receipt.copy-code')}
      </button>
    </tandem-sheet>`;
  }

  /** The sheet closes: the word that it was copied is not to lie over the code. */
  async #copyCode(): Promise<void> {
    const text = receiptCodeText(this.entry?.receipt ?? '');
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    this.#showCode(false);
    this.#notice(sayReceipt('receipt.code-copied'));
  }

  #notice(text: string): void {
    this.dispatchEvent(new CustomEvent('wallet-notice', { detail: { text }, bubbles: true, composed: true }));
  }

  #showCode(isShown: boolean): void {
    this.isCodeShown = isShown;
  }

  #renderStatus(entry: HistoryEntry) {
    const [look, icon] = (
      { done: ['paid', 'tick'], refused: ['not-paid', 'cross'], checking: ['unknown', 'clock'] } as const
    )[entry.status];
    return html`<span class="chip ${look}"><tandem-icon name=${icon}></tandem-icon>${statusWords(entry)}</span>`;
  }

  #renderReason(entry: HistoryEntry) {
    const { status, refusal } = entry;
    const waiting = waitingWords(entry, this.currency, this.nowMs());
    if (waiting)
      return html`<p class="quiet">${waiting} ${status === 'checking' ? sayReceipt('receipt.checking-note') : nothing}</p>`;
    if (status === 'checking') return html`<p class="quiet">${sayReceipt('receipt.checking-note')}</p>`;
    if (status !== 'refused' || !refusal) return nothing;
    return html`<p class="quiet">${messageFor(refusal).text} ${say('outcome.no-money-taken')}</p>`;
  }

  #renderProof() {
    const { status } = this.proof;
    if (status === 'none') return nothing;
    if (status === 'broken') {
      return html`<p class="proof broken" role="status">
        <tandem-icon name="warning"></tandem-icon>${sayReceipt('receipt.unverified', { programme: this.programmeName })}
      </p>`;
    }
    return html`<p class="proof ${status}">
      <tandem-icon name="verified"></tandem-icon>
      <span>${status === 'verified' ? sayReceipt('receipt.verified', { programme: this.programmeName }) : ''}</span>
    </p>`;
  }

  #facts(entry: HistoryEntry): { main: readonly Fact[]; all: readonly Fact[] } {
    const when = formatReceiptMoment(entry.atMs);
    const settled = entry.settledAtMs === undefined ? undefined : formatReceiptMoment(entry.settledAtMs);
    if (this.proof.status === 'verified') return receiptFacts(this.proof.receipt, when, settled);
    const main: Fact[] = [
      [sayReceipt('receipt.when'), when],
      [sayReceipt('receipt.card'), maskAccountNumber(entry.accountNumber)],
    ];
    return { main, all: [] };
  }

  async #check(): Promise<void> {
    const receipt = this.entry?.receipt;
    this.proof = { status: receipt === undefined ? 'none' : 'checking' };
    if (receipt === undefined) return;
    const bytes = decodeBase64url(receipt);
    const verified = bytes && (await verifyReceipt(bytes, this.trust));
    if (this.entry?.receipt !== receipt) return;
    this.proof = verified?.ok ? { status: 'verified', receipt: verified.value } : { status: 'broken' };
  }

  /** By the phone's own share sheet; onto the clipboard where there is none. */
  async #share(entry: HistoryEntry): Promise<void> {
    const text = sayReceipt('receipt.share-text', {
      status: statusWords(entry),
      amount: formatAmount(Math.abs(entry.amountMinor), this.currency),
      shop: titleOf(entry, this.programmeName),
      when: formatReceiptMoment(entry.atMs),
      trace: this.proof.status === 'verified' ? formatTraceKey(this.proof.receipt) : entry.id,
    });
    try {
      if (navigator.share) return await navigator.share({ title: sayReceipt('receipt.title'), text });
      await navigator.clipboard.writeText(text);
      this.#notice(sayReceipt('receipt.copied'));
    } catch {
      // The person closed the share sheet.
    }
  }
}

function statusWords({ status, kind, offline }: HistoryEntry): string {
  if (status === 'checking' && offline) return sayReceipt(offline === 'accepted' ? 'receipt.waiting' : 'receipt.given');
  if (status === 'checking') return sayReceipt('receipt.checking');
  if (status === 'refused') return sayReceipt('receipt.not-paid');
  return sayReceipt(kind === 'payment' ? 'receipt.paid' : kind === 'top-up' ? 'receipt.added' : 'receipt.corrected');
}

function factList(facts: readonly Fact[]) {
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div class="fact"><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

customElements.define('wallet-receipt', WalletReceipt);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-receipt': WalletReceipt;
  }
}
