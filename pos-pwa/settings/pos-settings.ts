import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { APP_VERSION } from '../../shared/browser/app-version.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { StoreController } from '../../shared/browser/state/store-controller.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import {
  loadThemeChoice,
  saveThemeChoice,
  THEME_CHOICES,
  type ThemeChoice,
} from '../../shared/browser/theme/theme-choice.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { formatSixDigits } from '../../shared/protocol/identifiers.ts';
import { addressOf } from '../app/addresses.ts';
import type { PosServices } from '../app/pos-services.ts';
import { describeRoom, hasAgreed } from '../offline/describe-offline.ts';
import { formatTime } from '../parts/format-time.ts';
import '../parts/pos-open-sales.ts';
import '../parts/pos-page.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { sectionStyles } from '../parts/section-styles.ts';
import type { Sale } from '../sale/sale.ts';
import { say } from '../say.ts';
import { currencyOf } from '../till/currency-of.ts';
import type { Terminal } from '../till/terminal.ts';
import { settingsStyles } from './settings-styles.ts';
import { listSupportFacts, type SupportSituation } from './support-facts.ts';

/**
 * Who is signed in, how the till looks, and what support asks for.
 *
 * @property services
 */
export class PosSettings extends LitElement {
  static override properties: PropertyDeclarations = {
    services: { attribute: false },
    theme: { state: true },
    situation: { state: true },
    isAskingReset: { state: true },
    isAskingSignOut: { state: true },
    openSales: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, sectionStyles, settingsStyles];

  declare services: PosServices;
  declare private theme: ThemeChoice;
  declare private situation: SupportSituation | undefined;
  declare private isAskingReset: boolean;
  declare private isAskingSignOut: boolean;
  declare private openSales: readonly Sale[];

  readonly #sync = new TaskController(this, () => this.services.till.sync());

  constructor() {
    super();
    this.theme = loadThemeChoice('pos');
    this.isAskingReset = false;
    this.isAskingSignOut = false;
    this.openSales = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { till, desk, offline, installOffer } = this.services;
    new StoreController(this, offline.view);
    new StoreController(this, till.phase);
    new StoreController(this, desk.desk);
    new StoreController(this, installOffer);
    void this.#readSituation();
  }

  override render() {
    return html`<pos-page .heading=${say('settings.title')}>
      ${this.#renderCashier()} ${this.#renderOffline()} ${this.#renderTheme()} ${this.#renderInstall()} ${this.#renderTill()}
    </pos-page>`;
  }

  get #isSomethingOpen(): boolean {
    return this.services.desk.desk.value.openCount > 0;
  }

  /** Where the centre no longer takes this till, it will never say how an open payment ended: waiting would be for ever. */
  get #isResetRefused(): boolean {
    return (this.#isSomethingOpen || this.#unsettledText !== undefined) && !this.services.till.trouble.value;
  }

  /** What is still to be handed in, with its money; undefined for nothing. */
  get #unsettledText(): string | undefined {
    const { count, amountMinor } = this.services.offline.view.value.unsettled;
    const { terminal } = this.services.till;
    if (count === 0 || !terminal) return undefined;
    const amount = formatAmount(amountMinor, currencyOf(terminal), document.documentElement.lang);
    return say(count === 1 ? 'settings.unsettled-one' : 'settings.unsettled', { count, amount });
  }

  #renderCashier() {
    const phase = this.services.till.phase.value;
    if (phase.name !== 'open') return nothing;
    const { name, operatorNo, expiresAtMs } = phase.cashier;
    return html`<section>
      <h2>${say('settings.cashier')}</h2>
      <div class="card line">
        <span class="main">
          <strong>${name}</strong> <span class="quiet">${operatorNo}</span>
          <span class="note">${say('settings.signed-in-until', { time: formatTime(expiresAtMs) })}</span>
        </span>
        <button
          class="button danger"
          type="button"
          ?disabled=${this.#isSomethingOpen}
          @click=${this.#signOut}
        >
          ${say('settings.sign-out')}
        </button>
      </div>
      ${this.#isSomethingOpen ? html`<p class="small quiet">${say('settings.sign-out-refused')}</p>` : nothing}
      ${this.#renderSignOutSheet()}
    </section>`;
  }

  #renderSignOutSheet() {
    const close = () => {
      this.isAskingSignOut = false;
    };
    return html`<tandem-sheet
      .isOpen=${this.isAskingSignOut}
      .heading=${say('settings.sign-out-question')}
      @tandem-sheet-close=${close}
    >
      ${this.isAskingSignOut ? html`<p>${this.#unsettledText} ${say('settings.sign-out-unsettled')}</p>` : nothing}
      <button slot="actions" class="button primary large wide" type="button" @click=${close}>${say('settings.stay')}</button>
      <button slot="actions" class="button text wide" type="button" @click=${() => void this.services.till.signOut()}>
        ${say('settings.sign-out')}
      </button>
    </tandem-sheet>`;
  }

  /** Nothing is lost by it; but without a network nobody can sign in again. */
  #signOut(): void {
    if (this.#unsettledText === undefined) void this.services.till.signOut();
    else this.isAskingSignOut = true;
  }

  #renderOffline() {
    const { terminal } = this.services.till;
    if (!terminal) return nothing;
    return html`<section>
      <h2>${say('settings.offline')}</h2>
      <div class="card line">
        <span class="main">
          ${this.#describeOffline(terminal)}
          ${this.#unsettledText ? html`<span class="note">${this.#unsettledText}</span>` : nothing}
        </span>
        <a class="button" href=${addressOf('offline')}>${say('settings.offline-open')}</a>
      </div>
    </section>`;
  }

  #describeOffline(terminal: Terminal): string {
    if (!terminal.record.programme.offline.isOn) return say('settings.offline-never');
    if (!hasAgreed(terminal)) return say('settings.offline-off');
    const { room } = this.services.offline.view.value;
    if (!room || room.leftMinor === 0) return say('settings.offline-full');
    return say('settings.offline-on', describeRoom(room, currencyOf(terminal), this.services.till.clock.nowMs()));
  }

  #renderTheme() {
    return html`<section>
      <h2 id="theme">${say('settings.theme')}</h2>
      <div class="choice" role="radiogroup" aria-labelledby="theme">
        ${THEME_CHOICES.map(
          (choice) => html`<label>
            <input
              type="radio"
              name="theme"
              .checked=${this.theme === choice}
              @change=${() => {
                this.theme = choice;
                saveThemeChoice('pos', choice);
              }}
            />
            <span>${say(`settings.theme-${choice}`)}</span>
          </label>`,
        )}
      </div>
    </section>`;
  }

  #renderInstall() {
    const offer = this.services.installOffer.value;
    return html`<section>
      <h2>${say('settings.install')}</h2>
      ${
        offer.status === 'installed'
          ? html`<p class="quiet">${say('settings.installed')}</p>`
          : html`<p class="quiet">${say('settings.install-note')}</p>
              ${
                offer.status === 'offered'
                  ? html`<button class="button" type="button" @click=${() => void offer.install()}>
                    <tandem-icon name="download"></tandem-icon>${say('settings.install-now')}
                  </button>`
                  : html`<p class="quiet">${say('settings.install-how')}</p>`
              }`
      }
    </section>`;
  }

  #renderTill() {
    const { terminal } = this.services.till;
    if (!terminal || !this.situation) return nothing;
    const { state } = this.#sync;
    const said =
      state.status === 'done'
        ? say('settings.synced')
        : state.status === 'failed'
          ? messageFor(state.error.code, 'cashier').text
          : '';
    return html`<section>
      <h2>${say('settings.till')}</h2>
      <dl class="card facts">
        ${listSupportFacts(terminal, this.situation).map(
          ({ label, value }) => html`<dt>${label}</dt>
            <dd>${value}</dd>`,
        )}
      </dl>
      <div class="line">
        <button class="button" type="button" aria-busy=${this.#sync.isBusy} @click=${() => void this.#sync.run()}>
          <tandem-icon name="refresh"></tandem-icon>${say('settings.sync')}
        </button>
        <span class="small quiet" role="status">${said}</span>
      </div>
      <button
        class="button text reset"
        type="button"
        ?disabled=${this.#isResetRefused}
        @click=${this.#askReset}
      >
        ${say('settings.reset')}
      </button>
      ${this.#isResetRefused ? html`<p class="small quiet">${this.#resetRefusal}</p>` : nothing}
      ${this.#renderResetSheet()}
    </section>`;
  }

  get #resetRefusal(): string {
    const text = this.#unsettledText;
    return this.#isSomethingOpen || !text
      ? say('settings.reset-refused')
      : `${text} ${say('settings.reset-unsettled')}`;
  }

  #renderResetSheet() {
    const close = () => {
      this.isAskingReset = false;
    };
    return html`<tandem-sheet
      .isOpen=${this.isAskingReset}
      .heading=${say('settings.reset-question')}
      @tandem-sheet-close=${close}
    >
      <p>${say('settings.reset-note')}</p>
      <pos-open-sales .sales=${this.openSales}></pos-open-sales>
      <button slot="actions" class="button danger large wide" type="button" @click=${() => void this.services.till.reset()}>
        ${say('settings.reset-confirm')}
      </button>
      <button slot="actions" class="button text wide" type="button" @click=${close}>${say('settings.keep')}</button>
    </tandem-sheet>`;
  }

  async #askReset(): Promise<void> {
    this.openSales = await this.services.desk.listOpen();
    this.isAskingReset = true;
  }

  async #readSituation(): Promise<void> {
    const { till, desk, book } = this.services;
    const isStorageKept = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
    this.situation = {
      batchNo: formatSixDigits(await book.currentBatchNo()),
      lastTraceKey: desk.desk.value.last?.traceKey ?? '–',
      isStorageKept,
      hasClock: till.clock.hasSynced,
      version: APP_VERSION,
    };
  }
}

customElements.define('pos-settings', PosSettings);

declare global {
  interface HTMLElementTagNameMap {
    'pos-settings': PosSettings;
  }
}
