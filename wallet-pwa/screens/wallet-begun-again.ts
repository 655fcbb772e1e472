import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { ReadySession } from '../account/account.ts';
import { type Card, totalMinor } from '../cards/card.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { formatMoment } from '../parts/format-moment.ts';
import { walletMark } from '../parts/wallet-mark.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import { say } from '../texts.ts';
import { mastheadStyles } from './masthead-styles.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';

/**
 * The programme was begun again: what this phone keeps is of one that is no more. What is unsettled is named before the one way on,
 * because that way forgets it.
 *
 * @property session
 * @property cards what was on them when the old programme was asked last
 * @property entries of which those being checked are named
 * @property loadCodes codes that a shop may have taken, with no word on it
 * @property beginAgain forgets this wallet
 * @property nowMs reads the clock
 */
export class WalletBegunAgain extends LitElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    cards: { attribute: false },
    entries: { attribute: false },
    loadCodes: { attribute: false },
    beginAgain: { attribute: false },
    nowMs: { attribute: false },
    codes: { state: true },
    isBusy: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    mastheadStyles,
    css`
      main {
        display: flex;
        flex: 1;
        flex-direction: column;
        justify-content: center;
        gap: var(--space-4);
      }
      h1 {
        margin: 0;
        font-size: clamp(1.75rem, 1.2rem + 3vmin, 2.5rem);
        font-weight: var(--weight-bold);
        line-height: 1.1;
        letter-spacing: -0.02em;
      }
      .what {
        color: var(--color-text-quiet);
        font-size: var(--text-l);
        line-height: 1.4;
        text-wrap: pretty;
      }
      .open {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        margin-block-start: var(--space-2);
        padding: var(--space-4) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-accent-soft);
      }
      .open li + li {
        margin-block-start: var(--space-2);
      }
      .open .when {
        display: block;
        color: var(--color-text-quiet);
        font-size: var(--text-s);
      }
    `,
  ];

  declare session: ReadySession;
  declare cards: readonly Card[];
  declare entries: readonly HistoryEntry[];
  declare loadCodes: () => Promise<readonly KeptPayCode[]>;
  declare beginAgain: () => Promise<void>;
  declare nowMs: () => number;
  declare private codes: readonly KeptPayCode[] | undefined;
  declare private isBusy: boolean;

  constructor() {
    super();
    this.cards = [];
    this.entries = [];
    this.isBusy = false;
    new ScreenArrival(this, say('begun-again.title'));
  }

  override firstUpdated(): void {
    void this.#load();
  }

  override render() {
    const { programme } = this.session.account;
    return html`<header class="bar">${walletMark}<span class="who">${programme.name}</span></header>
      <main>
        <h1 tabindex="-1">${say('begun-again.headline')}</h1>
        <p class="what">${this.#gone} ${this.#money}</p>
        ${this.#renderUnsettled()}
      </main>
      <div class="foot">
        <button
          class="button primary large wide"
          type="button"
          aria-busy=${this.isBusy}
          ?disabled=${this.isBusy || !this.codes}
          @click=${() => void this.#beginAgain()}
        >
          ${say('begun-again.action')}
        </button>
      </div>`;
  }

  get #gone(): string {
    return say(this.cards.length > 1 ? 'begun-again.cards' : 'begun-again.card');
  }

  get #money(): string {
    const { programme } = this.session.account;
    const leftMinor = this.cards.reduce((sum, card) => sum + totalMinor(card), 0);
    if (leftMinor <= 0) return '';
    const amount = formatAmount(leftMinor, programme.currency as Card['currency']);
    return say('begun-again.money', { amount, programme: programme.name });
  }

  #renderUnsettled() {
    const payments = this.entries.filter(({ status, isCode }) => status === 'checking' && !isCode);
    const codes = this.codes ?? [];
    if (payments.length + codes.length === 0) return nothing;
    const { currency } = this.session.account.programme as { currency: Card['currency'] };
    return html`<section class="open" aria-labelledby="open">
      <h2 id="open">${say('begun-again.unsettled')}</h2>
      <ul>
        ${payments.map(({ amountMinor, shopName = '', atMs }) =>
          this.#line(
            say('begun-again.payment', { amount: formatAmount(Math.abs(amountMinor), currency), shop: shopName }),
            atMs,
          ),
        )}
        ${codes.map(({ capMinor, currency: ofCode, createdAtMs }) =>
          this.#line(say('begun-again.code', { amount: formatAmount(capMinor, ofCode) }), createdAtMs),
        )}
      </ul>
      <p>${say('begun-again.unsettled-how')}</p>
    </section>`;
  }

  #line(words: string, atMs: number) {
    return html`<li>${words}<span class="when">${formatMoment(atMs, this.nowMs())}</span></li>`;
  }

  async #load(): Promise<void> {
    this.codes = await this.loadCodes();
  }

  async #beginAgain(): Promise<void> {
    this.isBusy = true;
    try {
      await this.beginAgain();
    } finally {
      this.isBusy = false;
    }
  }
}

customElements.define('wallet-begun-again', WalletBegunAgain);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-begun-again': WalletBegunAgain;
  }
}
