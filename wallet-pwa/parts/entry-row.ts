import { css, html, nothing, type TemplateResult } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { Card } from '../cards/card.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { say } from '../texts.ts';
import { formatUntil } from './format-moment.ts';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';

export interface EntryRowOptions {
  readonly entry: HistoryEntry;
  readonly currency: Currency;
  /** "12:41", or "Today, 12:41" where the list has no days. */
  readonly moment: string;
  /** Where the receipt is. */
  readonly href: string;
  /** Several are told apart by name. */
  readonly cards: readonly Card[];
  readonly programmeName: string;
  readonly nowMs: number;
}

/** One line of the list of payments. What was not paid shows no money going out. */
export function entryRow(options: EntryRowOptions): TemplateResult {
  const { entry, href } = options;
  return html`<li>
    <a class="row" href=${href}>
      ${avatar(entry)}
      <span class="main">
        <span class="title">${titleOf(entry, options.programmeName)}</span>
        <span class=${entry.offline || entry.parkedFor || entry.isCode ? 'note waiting' : 'note'}>${noteOf(options)}</span>
      </span>
      <span class="end">${endOf(options)}</span>
    </a>
  </li>`;
}

export function titleOf(entry: HistoryEntry, programmeName: string): string {
  if (entry.kind === 'top-up') return say('history.top-up');
  if (entry.kind === 'adjustment') return say('history.adjustment', { programme: programmeName });
  return entry.isCode ? say('history.code') : (entry.shopName ?? say('history.sale'));
}

/** A refusal's reason is worth more than its minute. */
function noteOf({ entry, currency, moment, cards, nowMs }: EntryRowOptions): string {
  const waiting = waitingWords(entry, currency, nowMs);
  if (waiting) return waiting;
  if (entry.status === 'refused' && entry.refusal) return messageFor(entry.refusal).text;
  const card = cards.length > 1 && cards.find(({ accountNumber }) => accountNumber === entry.accountNumber);
  return card ? `${moment} · ${card.label}` : moment;
}

/** What is to be known of what went without a network, or does not get through; undefined for all others. */
export function waitingWords(entry: HistoryEntry, currency: Currency, nowMs: number): string | undefined {
  const { offline, parkedFor, freeAtMs = 0 } = entry;
  if (entry.isCode) return say('history.code-open', { amount: formatAmount(-entry.amountMinor, currency) });
  if (parkedFor) return messageFor(parkedFor).text;
  if (offline === 'left') return say('history.offline-left', { moment: formatUntil(freeAtMs, nowMs) });
  return offline && say(`history.offline-${offline}`);
}

function avatar(entry: HistoryEntry): TemplateResult {
  if (entry.kind !== 'payment') {
    return html`<span class="avatar in" aria-hidden="true"><tandem-icon name="plus"></tandem-icon></span>`;
  }
  if (entry.isCode) {
    return html`<span class="avatar" aria-hidden="true"><tandem-icon name="code"></tandem-icon></span>`;
  }
  const [initial = ''] = entry.shopName ?? '';
  return html`<span class="avatar" aria-hidden="true">${initial.toUpperCase()}</span>`;
}

function endOf({ entry, currency }: EntryRowOptions): TemplateResult {
  if (entry.status === 'refused') return html`<span class="mark not-paid">${say('history.not-paid')}</span>`;
  const amount = html`<tandem-amount
    class=${entry.amountMinor > 0 ? 'in' : ''}
    signed
    .amountMinor=${entry.amountMinor}
    .currency=${currency}
  ></tandem-amount>`;
  return html`${entry.isCode ? nothing : amount}${
    entry.status === 'checking' ? html`<span class="mark unknown">${say(markOf(entry))}</span>` : nothing
  }`;
}

function markOf({ offline, isCode, parkedFor }: HistoryEntry) {
  if (parkedFor) return 'history.stuck';
  return offline || isCode ? 'history.waiting' : 'history.checking';
}

export const entryRowStyles = css`
  /* In letters twice the size the amount goes under the name, instead of breaking it. */
  .row {
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-3);
    padding-inline: var(--space-4);
  }
  .row > .main {
    flex: 1 1 6rem;
  }
  .row > .end {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    margin-inline-start: auto;
    font-weight: var(--weight-medium);
  }
  .row .note {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .row .note.waiting {
    white-space: normal;
  }
  .avatar {
    --icon-size: 1.25rem;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 50%;
    background: color-mix(in oklab, var(--color-text) 8%, var(--color-surface));
    color: var(--color-text);
    font-weight: var(--weight-bold);
  }
  .avatar.in {
    background: color-mix(in oklab, var(--color-paid-text) 14%, var(--color-surface));
    color: var(--color-paid-text);
  }
  tandem-amount.in {
    color: var(--color-paid-text);
  }
  .mark {
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
  }
  .mark.unknown {
    color: var(--color-unknown-text);
  }
  .mark.not-paid {
    color: var(--color-not-paid-text);
  }
`;
