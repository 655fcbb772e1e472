import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { Card } from '../cards/card.ts';
import { groupByDay } from '../history/group-by-day.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { entryRow, entryRowStyles } from '../parts/entry-row.ts';
import { formatDay, formatTime } from '../parts/format-moment.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import { sectionStyles } from './section-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';

/**
 * Everything that moved, by days.
 *
 * @property entries newest first
 * @property currency
 * @property programmeName
 * @property hasOlder the centre may know of older ones
 * @property cards several are told apart by name
 * @property fetchOlder
 * @property nowMs
 * @property base
 */
export class WalletHistory extends LitElement {
  static override properties: PropertyDeclarations = {
    entries: { attribute: false },
    currency: { attribute: false },
    programmeName: { type: String },
    hasOlder: { type: Boolean },
    cards: { attribute: false },
    fetchOlder: { attribute: false },
    nowMs: { attribute: false },
    base: { type: String },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    entryRowStyles,
    sectionStyles,
    css`
      .older {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-2);
        min-block-size: 5rem;
        color: var(--color-text-quiet);
        text-align: center;
      }
      .empty strong {
        color: var(--color-text);
        font-size: var(--text-l);
      }
    `,
  ];

  declare entries: readonly HistoryEntry[];
  declare currency: Currency;
  declare programmeName: string;
  declare hasOlder: boolean;
  declare cards: readonly Card[];
  declare fetchOlder: () => Promise<Result<true>>;
  declare nowMs: () => number;
  declare base: string;

  readonly #older = new TaskController(this, () => this.fetchOlder());

  constructor() {
    super();
    this.entries = [];
    this.hasOlder = true;
    this.cards = [];
    new ScreenArrival(this, say('history.title'));
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${say('history.title')}</h1>
      </header>
      ${
        this.entries.length === 0
          ? html`<div class="empty fill"><strong>${say('history.empty')}</strong><p>${say('history.empty-how')}</p></div>`
          : groupByDay(this.entries).map(
              ({ day, atMs, entries }) => html`<section aria-labelledby="day-${day}">
                <h2 id="day-${day}">${formatDay(atMs, this.nowMs())}</h2>
                <ul class="rows">
                  ${entries.map((entry) => this.#renderEntry(entry))}
                </ul>
              </section>`,
            )
      }
      <div class="older">${this.#renderOlder()}</div>`;
  }

  #renderEntry(entry: HistoryEntry) {
    return entryRow({
      entry,
      currency: this.currency,
      moment: formatTime(entry.atMs),
      href: `${this.base}history/${entry.id}`,
      cards: this.cards,
      programmeName: this.programmeName,
      nowMs: this.nowMs(),
    });
  }

  #renderOlder() {
    if (this.entries.length === 0) return '';
    if (!this.hasOlder) return html`<p>${say('history.end')}</p>`;
    const { isBusy, state } = this.#older;
    return html`<button class="button" type="button" aria-busy=${isBusy} ?disabled=${isBusy} @click=${() => this.#older.run()}>
        ${say(isBusy ? 'history.loading' : 'history.older')}
      </button>
      <p role="status">${state.status === 'failed' ? say('history.offline') : ''}</p>`;
  }
}

customElements.define('wallet-history', WalletHistory);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-history': WalletHistory;
  }
}
