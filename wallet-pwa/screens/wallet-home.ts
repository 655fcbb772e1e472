import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { demoSwitch } from '../../shared/browser/elements/demo-switch.ts';
import { say as shared } from '../../shared/browser/i18n/say.ts';
import type { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { StoreController } from '../../shared/browser/state/store-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ReadySession } from '../account/account.ts';
import type { InstallOffer, InstallWay } from '../app/install-offer.ts';
import { type Card, totalMinor } from '../cards/card.ts';
import { checkedWords } from '../cards/checked-words.ts';
import { describeHeld, type Held } from '../cards/held.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { entryRow, entryRowStyles } from '../parts/entry-row.ts';
import { formatMoment, formatUntil } from '../parts/format-moment.ts';
import { say } from '../texts.ts';
import { homeStyles } from './home-styles.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-network-chip.ts';
import '../parts/wallet-card-rail.ts';

/** As many as a thumb's glance takes in; the rest is one tap away. */
const RECENT_COUNT = 4;

/**
 * The wallet: cards with their money, the way to pay at thumb height, what happened lately beneath.
 *
 * @property session
 * @property cards
 * @property chosen the card that the next payment starts with
 * @property entries
 * @property isOnline
 * @property demoNetwork can be pulled in a demo
 * @property nowMs reads the clock
 * @property base the app's own path
 * @property checkBalance asks the centre what is on the cards now
 * @property install the browser's offer to put this on the home screen
 * @fires wallet-sign-in the person confirms who they are, because the centre asks
 */
export class WalletHome extends LitElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    cards: { attribute: false },
    chosen: { type: String },
    entries: { attribute: false },
    isOnline: { type: Boolean },
    demoNetwork: { attribute: false },
    nowMs: { attribute: false },
    base: { type: String },
    install: { attribute: false },
    checkBalance: { attribute: false },
    isChecking: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, entryRowStyles, homeStyles];

  declare session: ReadySession;
  declare cards: readonly Card[];
  declare chosen: AccountNumber | undefined;
  declare entries: readonly HistoryEntry[];
  declare isOnline: boolean;
  declare demoNetwork: DemoNetwork;
  declare nowMs: () => number;
  declare base: string;
  declare install: InstallOffer;
  declare checkBalance: () => Promise<void>;
  declare private isChecking: boolean;

  #installWay: StoreController<InstallWay> | undefined;

  constructor() {
    super();
    this.cards = [];
    this.entries = [];
    this.isOnline = true;
    this.isChecking = false;
    new ScreenArrival(this, say('home.title'));
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('install')) this.#installWay ??= new StoreController(this, this.install.way);
  }

  override render() {
    const { programme } = this.session.account;
    return html`<header class="bar">
        <div class="who">
          <h1 tabindex="-1">${programme.name}</h1>
          ${demoSwitch(programme.demo, this.demoNetwork)}
        </div>
        <a class="button text icon" href="${this.base}settings">
          <tandem-icon name="settings" label=${say('home.settings')}></tandem-icon>
        </a>
      </header>
      <section>
        ${this.#renderCards()}
        <div class="under">
          <tandem-network-chip .isOnline=${this.isOnline}></tandem-network-chip>
          <a class="button text" href="${this.base}add-card">
            <tandem-icon name="plus"></tandem-icon>${say('home.add-card')}
          </a>
        </div>
        ${this.#renderOffline()} ${this.#renderSignIn()}
      </section>
      ${this.#renderRecent()}
      <div class="foot">
        <div class="ways">
          <a class="button large" href="${this.base}code">
            <tandem-icon name="code"></tandem-icon>${say('home.show')}
          </a>
          <a class="button primary large" href="${this.base}scan">
            <tandem-icon name="scan"></tandem-icon>${say('home.scan')}
          </a>
        </div>
      </div>`;
  }

  #renderCards() {
    if (this.cards.length === 0) {
      return html`<div class="card empty"><strong>${say('home.no-card')}</strong><p>${say('home.no-card-how')}</p></div>`;
    }
    return html`<wallet-card-rail
      .cards=${this.cards}
      .chosen=${this.chosen}
      .note=${this.isChecking ? say('home.checking') : checkedWords(this.session.account.syncedAtMs, this.entries)}
      @wallet-card-check=${() => void this.#check()}
    ></wallet-card-rail>`;
  }

  async #check(): Promise<void> {
    if (this.isChecking) return;
    this.isChecking = true;
    try {
      await this.checkBalance();
    } finally {
      this.isChecking = false;
    }
  }

  get #chosenCard(): Card | undefined {
    return this.cards.find(({ accountNumber }) => accountNumber === this.chosen) ?? this.cards[0];
  }

  /** What can be spent without a network, and until when: always said where there is any. Else a quiet way to it. */
  #renderOffline() {
    const card = this.#chosenCard;
    const { programme } = this.session.account;
    // What was stored before there was such a thing says nothing of it.
    if (!card || !programme.offline?.isOn) return nothing;
    return html`<div class="offline">
      ${this.#renderSetAside(card)} ${this.#renderHeld(card)}
    </div>`;
  }

  #renderSetAside({ setAside, currency, status }: Card) {
    const link = (words: string) => html`<a class="button text" href="${this.base}without-network">${words}</a>`;
    if (setAside && setAside.spendableMinor > 0) {
      const amount = formatAmount(setAside.spendableMinor, currency);
      return link(say('home.offline', { amount, moment: formatUntil(setAside.untilMs, this.nowMs()) }));
    }
    if (setAside) return link(say('home.offline-spent'));
    return this.#hasPaid && status === 'open' ? link(say('home.offline-offer')) : nothing;
  }

  /** What another phone, or an old allowance, still holds back, and when it is free; what was paid out of it is not. */
  #renderHeld(card: Card) {
    const nowMs = this.nowMs();
    const { elsewhere, ended } = describeHeld(card, this.entries, nowMs);
    const line = (key: 'home.elsewhere' | 'home.freed', { amountMinor, atMs }: Held) => {
      const amount = formatAmount(amountMinor, card.currency);
      return html`<p class="quiet small">${say(key, { amount, moment: formatUntil(atMs, nowMs) })}</p>`;
    };
    return [elsewhere && line('home.elsewhere', elsewhere), ended && line('home.freed', ended)];
  }

  get #hasPaid(): boolean {
    return this.entries.some(({ kind, status }) => kind === 'payment' && status === 'done');
  }

  /** Where money comes from, said to whoever has none. */
  get #isCardEmpty(): boolean {
    const card = this.#chosenCard;
    return card?.status === 'open' && totalMinor(card) === 0;
  }

  #renderSignIn() {
    if (this.session.isSignedIn) return nothing;
    return html`<div class="notice">
      <p>${say('home.signed-out')}</p>
      <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('wallet-sign-in'))}>
        ${say('home.signed-out-action')}
      </button>
    </div>`;
  }

  /** Offered after the first payment, to somebody who has seen what it is good for. */
  #renderInstall() {
    const way = this.#installWay?.value ?? 'none';
    if (way === 'none' || !this.#hasPaid) return nothing;
    return html`<div class="notice">
      <p>${shared('install.hint')}${way === 'by-hand' ? html` ${shared('install.ios')}` : nothing}</p>
      <button class="button text" type="button" @click=${() => this.install.dismiss()}>${shared('install.dismiss')}</button>
      ${
        way === 'prompt'
          ? html`<button class="button" type="button" @click=${() => void this.install.accept()}>
            ${shared('install.now')}
          </button>`
          : nothing
      }
    </div>`;
  }

  #renderRecent() {
    const recent = this.entries.slice(0, RECENT_COUNT);
    if (recent.length === 0) {
      const [what, how] = this.#isCardEmpty
        ? (['home.no-money', 'home.no-money-how'] as const)
        : (['home.empty', 'home.empty-how'] as const);
      return html`<section class="recent">
        <div class="empty"><strong>${say(what)}</strong><p>${say(how)}</p></div>
      </section>`;
    }
    const { programme } = this.session.account;
    return html`<section class="recent" aria-labelledby="recent">
      <header>
        <h2 id="recent">${say('home.recent')}</h2>
        <a class="button text" href="${this.base}history">${say('home.all')}</a>
      </header>
      <ul class="rows">
        ${recent.map((entry) =>
          entryRow({
            entry,
            currency: programme.currency as Card['currency'],
            moment: formatMoment(entry.atMs, this.nowMs()),
            href: `${this.base}history/${entry.id}`,
            cards: this.cards,
            programmeName: programme.name,
            nowMs: this.nowMs(),
          }),
        )}
      </ul>
      ${this.#renderInstall()}
    </section>`;
  }
}

customElements.define('wallet-home', WalletHome);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-home': WalletHome;
  }
}
