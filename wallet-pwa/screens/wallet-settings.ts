import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import {
  loadThemeChoice,
  saveThemeChoice,
  THEME_CHOICES,
  type ThemeChoice,
} from '../../shared/browser/theme/theme-choice.ts';
import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { ReadySession } from '../account/account.ts';
import { sayOffline } from '../offline/offline-texts.ts';
import { formatReceiptMoment } from '../parts/format-moment.ts';
import { saySettings } from '../settings/settings-texts.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import { sectionStyles } from './section-styles.ts';
import { settingsStyles } from './settings-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';

/**
 * Who this is, how it looks, help, and the way out.
 *
 * @property session
 * @property version of the app
 * @property signOut resolves to false, and nothing happened, while anything is unsettled
 * @property isOnline
 * @property isOffline money is set aside for paying without a network
 * @property countUnsettled
 * @property createFile of what is unsettled
 * @property base
 * @fires wallet-notice {text}
 */
export class WalletSettings extends LitElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    version: { type: String },
    signOut: { attribute: false },
    base: { type: String },
    isOnline: { type: Boolean },
    isOffline: { type: Boolean },
    countUnsettled: { attribute: false },
    createFile: { attribute: false },
    unsettled: { state: true },
    isPersistent: { state: true },
    theme: { state: true },
    leaving: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, sectionStyles, settingsStyles];

  declare session: ReadySession;
  declare version: string;
  declare signOut: () => Promise<boolean>;
  declare base: string;
  declare isOnline: boolean;
  declare isOffline: boolean;
  declare countUnsettled: () => Promise<number>;
  declare createFile: () => Promise<File>;
  declare private unsettled: number;
  declare private isPersistent: boolean | undefined;
  declare private theme: ThemeChoice;
  declare private leaving: 'no' | 'asking' | 'busy' | 'refused';

  constructor() {
    super();
    this.theme = loadThemeChoice('wallet');
    this.leaving = 'no';
    this.unsettled = 0;
    new ScreenArrival(this, saySettings('settings.title'));
  }

  override firstUpdated(): void {
    void this.#look();
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${saySettings('settings.title')}</h1>
      </header>
      ${this.#renderYou()} ${this.#renderUnsettled()} ${this.#renderLook()} ${this.#renderHelp()} ${this.#renderAbout()} ${this.#renderSignOut()}`;
  }

  #renderYou() {
    const { customerName, programme } = this.session.account;
    const row = (name: string, value: string) =>
      html`<div class="row"><span class="main">${name}</span><span class="value">${value}</span></div>`;
    return html`<section>
      <h2>${saySettings('settings.you')}</h2>
      <div class="rows">
        ${row(saySettings('settings.name'), customerName)} ${row(saySettings('settings.programme'), programme.name)}
        ${row(saySettings('settings.passkey'), saySettings('settings.passkey-note'))}
        <a class="row" href="${this.base}without-network">
          <span class="main">${saySettings('settings.offline')}</span>
          <span class="value">${saySettings(this.isOffline ? 'settings.on' : 'settings.off')}</span
          ><tandem-icon name="forward"></tandem-icon>
        </a>
      </div>
    </section>`;
  }

  /** What is only on this phone: where it would be lost with it, it can be saved. */
  #renderUnsettled() {
    if (this.unsettled === 0) return nothing;
    return html`<section>
      <h2>${sayOffline('file.heading')}</h2>
      <p class="quiet">${sayOffline('file.note', { count: this.unsettled })}</p>
      <button class="button" type="button" @click=${() => void this.#saveFile()}>${sayOffline('file.save')}</button>
    </section>`;
  }

  #renderLook() {
    return html`<section>
      <h2 id="look">${saySettings('settings.look')}</h2>
      <fieldset class="themes" aria-labelledby="look">
        ${THEME_CHOICES.map(
          (theme) => html`<label>
            <input
              class="visually-hidden"
              type="radio"
              name="theme"
              .checked=${theme === this.theme}
              @change=${() => this.#chooseTheme(theme)}
            />
            ${saySettings(`settings.theme.${theme}`)}
          </label>`,
        )}
      </fieldset>
    </section>`;
  }

  #renderHelp() {
    return html`<section>
      <h2>${saySettings('settings.help')}</h2>
      <div class="rows">
        <a class="row" href=${`${this.base}verify`}>
          <span class="main">${saySettings('settings.verify')}</span><tandem-icon name="forward"></tandem-icon>
        </a>
        ${disclosure(
          saySettings('settings.camera'),
          html`<ol>
            <li>${saySettings('settings.camera-1')}</li>
            <li>${saySettings('settings.camera-2')}</li>
            <li>${saySettings('settings.camera-3')}</li>
          </ol>`,
        )}
        ${disclosure(
          saySettings('settings.safe'),
          html`<ul>
            <li>${saySettings('settings.safe-1')}</li>
            <li>${saySettings('settings.safe-2')}</li>
            <li>${saySettings('settings.safe-3')}</li>
          </ul>`,
        )}
      </div>
    </section>`;
  }

  #renderAbout() {
    return html`<section>
      <h2>${saySettings('settings.about')}</h2>
      <div class="rows">
        <div class="row">
          <span class="main">${saySettings('settings.version')}</span><span class="value figures">${this.version}</span>
        </div>
        ${
          this.isPersistent === undefined
            ? nothing
            : html`<div class="row">
              <span class="main">${saySettings('settings.storage')}</span>
              <span class="value">${saySettings(this.isPersistent ? 'settings.storage-kept' : 'settings.storage-loose')}</span>
            </div>`
        }
        ${disclosure(
          saySettings('settings.support'),
          html`<div class="support">
            <pre>${this.#supportText}</pre>
            <button class="button" type="button" @click=${this.#copySupport}>
              <tandem-icon name="copy"></tandem-icon>${saySettings('settings.copy')}
            </button>
          </div>`,
        )}
      </div>
    </section>`;
  }

  #renderSignOut() {
    const isAsking = this.leaving === 'asking' || this.leaving === 'busy';
    return html`<section class="out">
      <button class="button danger wide" type="button" @click=${() => this.#leave('asking')}>
        ${saySettings('settings.sign-out')}
      </button>
      <p class="quiet small" role="status">
        ${saySettings(this.leaving === 'refused' ? this.#unsettledWords : 'settings.sign-out-note')}
      </p>
      <tandem-sheet
        ?open=${isAsking}
        ?locked=${this.leaving === 'busy'}
        .heading=${saySettings('settings.sign-out-heading')}
        @tandem-sheet-close=${() => this.#leave('no')}
      >
        <p>${saySettings('settings.sign-out-body')}</p>
        <button
          slot="actions"
          class="button danger large wide"
          type="button"
          aria-busy=${this.leaving === 'busy'}
          @click=${this.#signOutNow}
        >
          ${saySettings('settings.sign-out-confirm')}
        </button>
        <button slot="actions" class="button text wide" type="button" @click=${() => this.#leave('no')}>
          ${saySettings('settings.sign-out-stay')}
        </button>
      </tandem-sheet>
    </section>`;
  }

  get #unsettledWords() {
    return this.isOnline ? 'settings.sign-out-unsettled' : 'settings.sign-out-offline';
  }

  /** What somebody who helps needs to know; no name, no card, no key that signs. */
  get #supportText(): string {
    const { account, trust, deviceKey } = this.session;
    return [
      `app ${this.version}`,
      `programme ${account.programme.programme}`,
      `centre keys ${[...trust.keys.keys()].join(' ')}`,
      `device ${encodeHex(deviceKey.keyId)}`,
      `last answer ${formatReceiptMoment(account.syncedAtMs)}`,
      navigator.userAgent,
    ].join('\n');
  }

  #chooseTheme(theme: ThemeChoice): void {
    this.theme = theme;
    saveThemeChoice('wallet', theme);
  }

  #leave(leaving: WalletSettings['leaving']): void {
    this.leaving = leaving;
  }

  async #look(): Promise<void> {
    this.unsettled = await this.countUnsettled();
    this.isPersistent = await navigator.storage?.persisted?.().catch(() => undefined);
  }

  async #saveFile(): Promise<void> {
    const file = await this.createFile();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async #signOutNow(): Promise<void> {
    if (this.leaving === 'busy') return;
    this.leaving = 'busy';
    this.leaving = (await this.signOut()) ? 'no' : 'refused';
  }

  async #copySupport(): Promise<void> {
    await navigator.clipboard.writeText(this.#supportText).catch(() => {});
    this.dispatchEvent(
      new CustomEvent('wallet-notice', {
        detail: { text: saySettings('settings.copied') },
        bubbles: true,
        composed: true,
      }),
    );
  }
}

function disclosure(name: string, content: unknown) {
  return html`<details>
    <summary class="row"><span class="main">${name}</span><tandem-icon name="down"></tandem-icon></summary>
    ${content}
  </details>`;
}

customElements.define('wallet-settings', WalletSettings);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-settings': WalletSettings;
  }
  interface HTMLElementEventMap {
    'wallet-notice': CustomEvent<{ text: string }>;
  }
}
