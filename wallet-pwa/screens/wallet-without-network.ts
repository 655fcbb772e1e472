import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { demoSwitch } from '../../shared/browser/elements/demo-switch.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { OfflineSettings } from '../../shared/protocol/wire/offline.ts';
import type { Card } from '../cards/card.ts';
import { sayOffline } from '../offline/offline-texts.ts';
import { isPasskeyInDoubt, type RehearsalState } from '../offline/rehearsal.ts';
import { formatUntil } from '../parts/format-moment.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../parts/wallet-loss-table.ts';

export interface RehearsalActions {
  readonly open: () => Promise<void>;
  readonly agree: () => Promise<void>;
  readonly confirm: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly switchOff: () => Promise<void>;
}

/**
 * Paying without a network: what it is and who bears which loss, switching it on by confirming once with the network off, how it
 * stands, and switching it off.
 *
 * @property state of switching on
 * @property card on which money is set aside, or would be
 * @property isOn the person wants it
 * @property isOnline
 * @property settings the programme's
 * @property actions
 * @property isDemo marks a demo programme, whose `demoNetwork` can be pulled: no flight mode parts it from its own machine
 * @property demoNetwork
 * @property nowMs reads the clock
 * @property base
 */
export class WalletWithoutNetwork extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    card: { attribute: false },
    isOn: { type: Boolean },
    isOnline: { type: Boolean },
    settings: { attribute: false },
    actions: { attribute: false },
    isDemo: { type: Boolean },
    demoNetwork: { attribute: false },
    nowMs: { attribute: false },
    base: { type: String },
    leaving: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      main {
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: var(--space-4);
      }
      .headline {
        margin: var(--space-2) 0 0;
        font-size: var(--text-xl);
        font-weight: var(--weight-bold);
        line-height: 1.2;
        letter-spacing: -0.015em;
      }
      main > p,
      main > ul {
        font-size: var(--text-l);
        line-height: 1.4;
        text-wrap: pretty;
      }
      main > ul {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        padding-inline-start: var(--space-5);
        list-style: disc;
      }
      tandem-demo-switch {
        align-self: start;
      }
      .warning {
        padding: var(--space-3) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-accent-soft);
        font-size: var(--text-m);
      }
      .value {
        color: var(--color-text-quiet);
        text-align: end;
      }
    `,
  ];

  declare state: RehearsalState;
  declare card: Card | undefined;
  declare isOn: boolean;
  declare isOnline: boolean;
  declare settings: OfflineSettings;
  declare actions: RehearsalActions;
  declare isDemo: boolean;
  declare demoNetwork: DemoNetwork;
  declare nowMs: () => number;
  declare base: string;
  declare private leaving: 'no' | 'busy' | 'off';

  constructor() {
    super();
    this.state = { status: 'explaining' };
    this.isDemo = false;
    this.leaving = 'no';
    new ScreenArrival(this, sayOffline('offline.title'));
  }

  override firstUpdated(): void {
    void this.actions.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.actions.close();
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${sayOffline('offline.title')}</h1>
      </header>
      ${this.isOn && isIdle(this.state) ? this.#renderOn() : this.#renderWayOn()}`;
  }

  #renderOn() {
    const setAside = this.card?.setAside;
    const { currency } = this.card ?? {};
    const isBusy = this.leaving === 'busy';
    const row = (name: string, value: string) =>
      html`<div class="row"><span class="main">${name}</span><span class="value">${value}</span></div>`;
    return html`<main>
        <p class="headline" role="status">${sayOffline('offline.is-on')}</p>
        ${
          setAside && currency && setAside.spendableMinor > 0
            ? html`<div class="rows">
                ${row(sayOffline('offline.left'), formatAmount(setAside.spendableMinor, currency))}
                ${row(sayOffline('offline.most'), formatAmount(setAside.paymentMaxMinor, currency))}
                ${row(sayOffline('offline.until'), formatUntil(setAside.untilMs, this.nowMs()))}
              </div>`
            : html`<p>${sayOffline('offline.spent')}</p>`
        }
        <p>${sayOffline('offline.renews')}</p>
        <wallet-loss-table></wallet-loss-table>
      </main>
      <div class="foot">
        <button class="button wide" type="button" aria-busy=${isBusy} @click=${() => void this.#switchOff()}>
          ${sayOffline(isBusy ? 'offline.switching-off' : 'offline.switch-off')}
        </button>
      </div>`;
  }

  #renderWayOn() {
    const { state } = this;
    switch (state.status) {
      case 'explaining':
      case 'granted':
        return this.#renderExplaining(state.status === 'explaining' ? state.notice : undefined);
      case 'unplugging':
        return this.#renderStep(
          'offline.unplug',
          this.isDemo ? 'offline.unplug-demo' : 'offline.unplug-how',
          this.#cancelButton(),
        );
      case 'unplugged':
      case 'signing':
        return this.#renderUnplugged(state);
      case 'signed':
        return this.#renderStep('offline.signed', this.isDemo ? 'offline.signed-demo' : 'offline.signed-how');
      case 'handing-in':
        return this.#renderStep('offline.handing-in');
    }
  }

  #renderExplaining(notice: RefusalCode | undefined) {
    const { settings, card } = this;
    if (!settings.isOn) return this.#renderStep('offline.headline', 'offline.off-here');
    const amount = card ? formatAmount(settings.limitMinor, card.currency) : '';
    const most = card ? formatAmount(settings.paymentMaxMinor, card.currency) : '';
    const canBegin = this.isOnline && card?.status === 'open';
    return html`<main>
        <p class="headline">${sayOffline('offline.headline')}</p>
        <ul>
          <li>${sayOffline('offline.how-1', { amount })}</li>
          <li>${sayOffline('offline.how-2', { most })}</li>
          <li>${sayOffline('offline.how-3')}</li>
        </ul>
        <wallet-loss-table></wallet-loss-table>
        <div role="status">${this.#renderNotice(notice)}</div>
      </main>
      <div class="foot">
        <button
          class="button primary large wide"
          type="button"
          ?disabled=${!canBegin}
          @click=${() => void this.actions.agree()}
        >
          ${sayOffline('offline.agree')}
        </button>
      </div>`;
  }

  #renderNotice(notice: RefusalCode | undefined) {
    if (notice) {
      const { text, next } = messageFor(notice);
      return html`<p class="warning">${text} ${next}</p>`;
    }
    if (this.leaving === 'off') {
      return html`<p>${sayOffline(this.card?.setAside ? 'offline.off-later' : 'offline.off-now')}</p>`;
    }
    return this.isOnline
      ? nothing
      : html`<p>${sayOffline('offline.needs-network')}</p>
          ${this.#demoSwitch()}`;
  }

  #renderUnplugged(state: Extract<RehearsalState, { status: 'unplugged' | 'signing' }>) {
    const notice = state.status === 'unplugged' ? state.notice : undefined;
    const isBusy = state.status === 'signing';
    return html`<main>
        <p class="headline" role="status">${sayOffline('offline.unplugged')}</p>
        <p>${sayOffline('offline.unplugged-how')}</p>
        ${this.#demoSwitch()}
        <div role="alert">
          ${notice ? html`<p>${notice === 'passkey_cancelled' ? sayOffline('offline.not-confirmed') : messageFor(notice).text}</p>` : nothing}
          ${isPasskeyInDoubt(state) ? html`<p class="warning">${sayOffline('offline.passkey-fails')}</p>` : nothing}
        </div>
      </main>
      <div class="foot">
        <button
          class="button primary large wide"
          type="button"
          aria-busy=${isBusy}
          @click=${() => !isBusy && void this.actions.confirm()}
        >
          <tandem-icon name="passkey"></tandem-icon>${sayOffline('offline.confirm')}
        </button>
        ${this.#cancelButton()}
      </div>`;
  }

  #renderStep(
    headline: 'offline.headline' | 'offline.unplug' | 'offline.signed' | 'offline.handing-in',
    how?:
      | 'offline.off-here'
      | 'offline.unplug-how'
      | 'offline.unplug-demo'
      | 'offline.signed-how'
      | 'offline.signed-demo',
    action: unknown = nothing,
  ) {
    return html`<main>
        <p class="headline" role="status">${sayOffline(headline)}</p>
        ${how ? html`<p>${sayOffline(how)}</p>` : nothing} ${this.#demoSwitch()}
      </main>
      ${action === nothing ? nothing : html`<div class="foot">${action}</div>`}`;
  }

  /** Where it is asked for: whoever went home to find it would have left this screen, and begin again. */
  #demoSwitch() {
    return demoSwitch(this.isDemo, this.demoNetwork);
  }

  #cancelButton() {
    return html`<button class="button text wide" type="button" @click=${() => void this.actions.close()}>
      ${sayOffline('offline.cancel')}
    </button>`;
  }

  async #switchOff(): Promise<void> {
    if (this.leaving === 'busy') return;
    this.leaving = 'busy';
    await this.actions.switchOff();
    this.leaving = 'off';
  }
}

function isIdle({ status }: RehearsalState): boolean {
  return status === 'explaining' || status === 'granted';
}

customElements.define('wallet-without-network', WalletWithoutNetwork);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-without-network': WalletWithoutNetwork;
  }
}
