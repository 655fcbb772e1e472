import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { formatSixDigits, type TraceKey } from '../../shared/protocol/identifiers.ts';
import { addressOf, BASE, receiptPath } from '../app/addresses.ts';
import { formatTime } from '../parts/format-time.ts';
import type { VoucherNumbers } from '../sale/voucher-numbers.ts';
import '../parts/pos-page.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { type DayRow, totalDay } from './day-rows.ts';
import type { PaymentsBook } from './payments-book.ts';
import { paymentsStyles } from './payments-styles.ts';

/** Whether the list was compared with the centre's books. */
type Agreement = 'asking' | 'agrees' | 'offline' | 'unanswered';

/**
 * The day's payments: what this till knows at once, then brought in line with the centre.
 *
 * @property book
 * @property currency
 * @property closeBatch ends the batch; undefined while a sale is open
 * @property handingIn how far the outbox is
 * @property tryAgain hands a payment in once more that the centre had refused
 * @property newsCount changes whenever a sale changed elsewhere: list again
 */
export class PosPayments extends LitElement {
  static override properties: PropertyDeclarations = {
    book: { attribute: false },
    currency: { attribute: false },
    closeBatch: { attribute: false },
    handingIn: { attribute: false },
    tryAgain: { attribute: false },
    newsCount: { type: Number },
    rows: { state: true },
    batchNo: { state: true },
    currentBatchNo: { state: true },
    agreement: { state: true },
    isAsking: { state: true },
    said: { state: true },
    trying: { state: true },
    carried: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, paymentsStyles];

  declare book: PaymentsBook;
  declare currency: Currency;
  declare closeBatch: (() => Promise<VoucherNumbers>) | undefined;
  declare handingIn: { readonly done: number; readonly total: number } | undefined;
  declare tryAgain: (traceKey: TraceKey) => Promise<void>;
  declare newsCount: number;
  declare private rows: readonly DayRow[] | undefined;
  declare private batchNo: number;
  declare private currentBatchNo: number;
  declare private agreement: Agreement;
  declare private isAsking: boolean;
  declare private said: string;
  declare private carried: readonly DayRow[];
  declare private trying: TraceKey | undefined;

  constructor() {
    super();
    this.batchNo = 0;
    this.currentBatchNo = 0;
    this.agreement = 'asking';
    this.isAsking = false;
    this.said = '';
    this.carried = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#openCurrent();
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('newsCount') && this.batchNo > 0) void this.#refreshLocal();
  }

  override render() {
    const { rows } = this;
    return html`<pos-page .heading=${say('payments.title')}>
      <nav class="batch" slot="actions">
        ${this.#renderStep(-1, 'payments.earlier')}
        <span class="figures">${this.#batchName}</span>
        ${this.#renderStep(1, 'payments.later')}
      </nav>
      ${rows === undefined ? nothing : html`${this.#renderTotals(rows)} ${this.#renderRows(rows)} ${this.#renderClose(rows)} ${this.#renderCarried()}`}
      <a class="button text wide" href=${addressOf('verify')}>${say('verify.title')}</a>
    </pos-page>`;
  }

  get #batchName(): string {
    return say('payments.batch', { number: formatSixDigits(this.batchNo) });
  }

  #renderStep(step: 1 | -1, words: 'payments.earlier' | 'payments.later') {
    const target = this.batchNo + step;
    const isPossible = target >= 1 && target <= this.currentBatchNo;
    return html`<button
      class="button icon text"
      type="button"
      aria-label=${say(words)}
      ?disabled=${!isPossible}
      @click=${() => void this.#open(target)}
    >
      <tandem-icon class=${step < 0 ? 'earlier' : ''} name="forward"></tandem-icon>
    </button>`;
  }

  #renderTotals(rows: readonly DayRow[]) {
    const { paidCount, paidMinor, openCount, guaranteedCount, notSettledCount } = totalDay(rows);
    const { handingIn } = this;
    const count = paidCount === 1 ? say('payments.count-one') : say('payments.count', { count: paidCount });
    const words = {
      asking: 'payments.asking',
      agrees: 'payments.matches',
      offline: 'payments.offline',
      unanswered: 'payments.unanswered',
    } as const;
    return html`<section class="card totals">
      <p class="quiet">${say('payments.total')}<span class="of-batch figures"> · ${this.#batchName}</span></p>
      <tandem-amount size="large" .amountMinor=${paidMinor} .currency=${this.currency}></tandem-amount>
      <p class="chips">
        <span class="chip">${count}</span>
        ${openCount > 0 ? html`<span class="chip unknown">${say('payments.open', { count: openCount })}</span>` : nothing}
        ${guaranteedCount > 0 ? html`<span class="chip">${say('payments.to-hand-in', { count: guaranteedCount })}</span>` : nothing}
        ${notSettledCount > 0 ? html`<span class="chip not-paid">${say('payments.refused-count', { count: notSettledCount })}</span>` : nothing}
      </p>
      ${
        handingIn
          ? html`<p class="small" role="status">
              ${say('bar.handing-in', handingIn)} <progress max=${handingIn.total} value=${handingIn.done}></progress>
            </p>`
          : nothing
      }
      <p class="small quiet agreement" role="status">
        <tandem-icon name=${this.agreement === 'agrees' ? 'verified' : 'clock'}></tandem-icon>
        ${say(words[this.agreement])}
      </p>
    </section>`;
  }

  #renderRows(rows: readonly DayRow[]) {
    if (rows.length === 0) {
      const isCurrent = this.batchNo === this.currentBatchNo;
      return html`<div class="empty">
        <p>${say(isCurrent ? 'payments.empty' : 'payments.empty-earlier')}</p>
        ${isCurrent ? html`<a class="button" href=${addressOf('pad')}>${say('payments.start')}</a>` : nothing}
      </div>`;
    }
    return html`<ul class="rows" role="list">
      ${rows.map((row) => html`<li>${this.#renderRow(row)}</li>`)}
    </ul>`;
  }

  /** What the till before this one sold without network, and customers' phones have brought in since. */
  #renderCarried() {
    if (this.carried.length === 0) return nothing;
    return html`<section>
      <h2>${say('payments.carried')}</h2>
      <p class="small quiet">${say('payments.carried-note')}</p>
      <ul class="rows" role="list">
        ${this.carried.map((row) => html`<li>${this.#renderRow(row)}</li>`)}
      </ul>
    </section>`;
  }

  #renderRow(row: DayRow) {
    const looks = {
      paid: ['paid', 'tick'],
      'not-paid': ['not-paid', 'cross'],
      checking: ['unknown', 'question'],
      guaranteed: ['paid', 'tick'],
      'not-settled': ['not-paid', 'warning'],
    } as const;
    const [chip, icon] = looks[row.status];
    const note = row.refusal
      ? messageFor(row.refusal, 'cashier').text
      : row.isFromCentre
        ? say('payments.other-device')
        : row.status === 'guaranteed'
          ? say('payments.guaranteed-note')
          : '';
    const content = html`<tandem-icon class="state ${chip}" name=${icon}></tandem-icon>
      <span class="main">
        <span class="title">${say(`payments.${row.status}`)}<span class="quiet"> · ${formatTime(row.atMs)}</span></span>
        <span class="note">${formatSixDigits(row.voucherNo)} · ${row.operatorName}${note ? ` · ${note}` : ''}</span>
      </span>
      <span class="end ${row.status}">
        <tandem-amount .amountMinor=${row.amountMinor} .currency=${row.currency}></tandem-amount>
      </span>`;
    if (row.status === 'not-settled') return html`<div class="row">${content}${this.#renderTryAgain(row)}</div>`;
    return row.status === 'paid'
      ? html`<a class="row" href=${BASE + receiptPath(row.traceKey)}>
          ${content}<tandem-icon class="go" name="forward"></tandem-icon>
        </a>`
      : html`<div class="row">${content}<span class="go"></span></div>`;
  }

  #renderTryAgain({ traceKey }: DayRow) {
    const isTrying = this.trying === traceKey;
    return html`<button
      class="button"
      type="button"
      aria-busy=${isTrying}
      ?disabled=${this.trying !== undefined}
      @click=${() => void this.#tryAgain(traceKey)}
    >
      ${say(isTrying ? 'payments.trying' : 'payments.try-again')}
    </button>`;
  }

  async #tryAgain(traceKey: TraceKey): Promise<void> {
    this.trying = traceKey;
    try {
      await this.tryAgain(traceKey);
    } finally {
      this.trying = undefined;
    }
  }

  #renderClose(rows: readonly DayRow[]) {
    if (this.said) return html`<p class="said" role="status">${this.said}</p>`;
    if (this.batchNo !== this.currentBatchNo || rows.length === 0) return nothing;
    const { paidCount: count, paidMinor, guaranteedCount, guaranteedMinor } = totalDay(rows);
    const unsettled = guaranteedCount === 1 ? 'payments.close-unsettled-one' : 'payments.close-unsettled';
    const unsettledAmount = formatAmount(guaranteedMinor, this.currency);
    const next = formatSixDigits(this.currentBatchNo + 1);
    return html`<button
        class="button outline large wide close"
        type="button"
        ?disabled=${this.closeBatch === undefined}
        @click=${() => {
          this.isAsking = true;
        }}
      >
        ${say('payments.close-day')}
      </button>
      ${this.closeBatch ? nothing : html`<p class="small quiet close-note">${say('payments.close-refused')}</p>`}
      <tandem-sheet
        .isOpen=${this.isAsking}
        .heading=${say('payments.close-question')}
        @tandem-sheet-close=${() => {
          this.isAsking = false;
        }}
      >
        <p>${say('payments.close-explain', { count, amount: formatAmount(paidMinor, this.currency) })}</p>
        ${guaranteedCount > 0 ? html`<p>${say(unsettled, { count: guaranteedCount, amount: unsettledAmount })}</p>` : nothing}
        <p>${say('payments.close-day-note', { number: next })}</p>
        <button slot="actions" class="button primary large wide" type="button" @click=${this.#close}>
          ${say('payments.close-day')}
        </button>
        <button
          slot="actions"
          class="button text wide"
          type="button"
          @click=${() => {
            this.isAsking = false;
          }}
        >
          ${say('payments.keep-open')}
        </button>
      </tandem-sheet>`;
  }

  async #close(): Promise<void> {
    this.isAsking = false;
    const numbers = await this.closeBatch?.();
    if (!numbers) return;
    this.currentBatchNo = numbers.batchNo;
    this.said = say('payments.closed', { number: formatSixDigits(numbers.batchNo) });
  }

  async #openCurrent(): Promise<void> {
    this.currentBatchNo = await this.book.currentBatchNo();
    await this.#open(this.currentBatchNo);
  }

  async #open(batchNo: number): Promise<void> {
    this.batchNo = batchNo;
    this.said = '';
    this.agreement = 'asking';
    await this.#refreshLocal();
    const reconciled = await this.book.listReconciled(batchNo);
    if (this.batchNo !== batchNo) return;
    this.agreement = reconciled.ok ? 'agrees' : reconciled.code === 'no_network' ? 'offline' : 'unanswered';
    if (!reconciled.ok) return;
    this.rows = reconciled.value.rows;
    this.carried = reconciled.value.carried;
  }

  async #refreshLocal(): Promise<void> {
    const { batchNo } = this;
    const local = await this.book.listLocal(batchNo);
    if (this.batchNo !== batchNo) return;
    const fromCentre = (this.rows ?? []).filter(
      (row) => row.isFromCentre && !local.some(({ traceKey }) => traceKey === row.traceKey),
    );
    this.rows = [...local, ...(this.agreement === 'agrees' ? fromCentre : [])].sort(
      (left, right) => right.voucherNo - left.voucherNo,
    );
  }
}

customElements.define('pos-payments', PosPayments);

declare global {
  interface HTMLElementTagNameMap {
    'pos-payments': PosPayments;
  }
}
