import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TandemToast } from '../../shared/browser/elements/tandem-toast.ts';
import { signalOutcome } from '../../shared/browser/feedback/signal-outcome.ts';
import '../../shared/browser/elements/tandem-toast.ts';
import '../../shared/browser/elements/tandem-update-prompt.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { Router } from '../../shared/browser/state/router.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { OperatorSessionAnswer } from '../../shared/protocol/wire/terminals.ts';
import { codeInFragment } from '../activation/activation-code.ts';
import '../pad/pos-pad.ts';
import { formatTime } from '../parts/format-time.ts';
import '../parts/pos-last-sale.ts';
import '../parts/pos-top-bar.ts';
import type { Sale } from '../sale/sale.ts';
import '../sale/pos-sale.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import type { Terminal } from '../till/terminal.ts';
import { addressOf, BASE, ROUTES, receiptPath } from './addresses.ts';
import { chooseScreen, LAZY_SCREENS, type Screen } from './choose-screen.ts';
import type { PosServices } from './pos-services.ts';

/**
 * The till: shows one screen, and passes on what is done on it. Everything that lasts is in the services.
 *
 * @property services
 */
export class PosApp extends LitElement {
  static override properties: PropertyDeclarations = {
    services: { attribute: false },
    isCharging: { state: true },
    chargeRefusal: { state: true },
    startAmountMinor: { state: true },
    lookBack: { state: true },
    isNewDayDue: { state: true },
    newsCount: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        display: block;
      }
      .plain {
        display: grid;
        place-content: center;
        gap: var(--space-4);
        justify-items: center;
        min-block-size: 100dvh;
        padding: var(--space-6);
        text-align: center;
      }
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-surface);
        box-shadow: var(--elevation-1);
      }
      .notice.trouble {
        background: var(--color-not-paid);
        color: var(--color-on-not-paid);
      }
      tandem-update-prompt {
        position: fixed;
        inset-inline: var(--space-4);
        inset-block-start: max(var(--space-4), env(safe-area-inset-top));
        z-index: 4;
        max-inline-size: 40rem;
        margin-inline: auto;
      }
      @media print {
        tandem-update-prompt,
        tandem-toast {
          display: none;
        }
      }
    `,
  ];

  declare services: PosServices;
  declare private isCharging: boolean;
  declare private chargeRefusal: RefusalCode | undefined;
  declare private startAmountMinor: number | undefined;
  declare private lookBack: 'asking' | 'asked' | 'unreachable';
  declare private isNewDayDue: boolean;
  declare private newsCount: number;

  readonly #router = new Router(ROUTES, BASE, 'pad');
  #activationCode = codeInFragment(location.hash) ?? '';
  #screen: Screen = 'starting';
  #listening: AbortController | undefined;

  constructor() {
    super();
    this.isCharging = false;
    this.lookBack = 'asked';
    this.isNewDayDue = false;
    this.newsCount = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { till, desk, updates } = this.services;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const store of [
      till.phase,
      till.trouble,
      till.network.isOnline,
      desk.desk,
      updates.state,
      this.#router.route,
    ]) {
      (store as { subscribe(listener: () => void, signal: AbortSignal): void }).subscribe(
        () => this.requestUpdate(),
        signal,
      );
    }
    desk.onEnded = (sale, isInFront) => this.#onEnded(sale, isInFront);
    document.addEventListener('visibilitychange', () => void this.#onVisible(), { signal });
    if (location.hash) {
      // The code is out of the address bar and of the history before anyone looks over a shoulder.
      history.replaceState(null, '', addressOf('pad'));
      if (this.#activationCode && till.terminal) this.#say(say('activation.already'));
    }
    void this.#onVisible();
  }

  override disconnectedCallback(): void {
    this.#listening?.abort();
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    const { till, desk } = this.services;
    const screen = chooseScreen(till.phase.value, desk.desk.value, this.#router.route.value.name);
    if (screen === this.#screen) return;
    this.#screen = screen;
    void LAZY_SCREENS[screen]?.();
    window.scrollTo(0, 0);
  }

  override render() {
    const { state } = this.services.updates;
    return html`${this.#renderScreen()}
      <tandem-update-prompt
        .isReady=${state.value.isReady && this.#screen !== 'sale'}
        .isHeld=${state.value.isHeld}
        @tandem-update-accept=${() => this.services.updates.accept()}
        @tandem-update-dismiss=${() => this.services.updates.dismiss()}
      ></tandem-update-prompt>
      <tandem-toast></tandem-toast>`;
  }

  #renderScreen() {
    const { till, desk, book } = this.services;
    const phase = till.phase.value;
    switch (this.#screen) {
      case 'starting':
        return nothing;
      case 'failed':
        return this.#renderFailed();
      case 'activation':
        return html`<pos-activation
          .code=${this.#activationCode}
          .activate=${(code: string) => till.activate(code)}
        ></pos-activation>`;
      case 'operators':
        return phase.name === 'signed-out' ? this.#renderOperators(phase.terminal) : nothing;
      case 'sale':
        return this.#renderSale();
      case 'pad':
        return this.#renderPad();
      case 'payments':
        return html`<pos-payments
          .book=${book}
          .currency=${this.#currency}
          .closeBatch=${desk.desk.value.openCount > 0 ? undefined : () => this.#closeBatch()}
          .newsCount=${this.newsCount}
        ></pos-payments>`;
      case 'receipt':
        return html`<pos-receipt
          .traceKey=${this.#router.route.value.params.traceKey as TraceKey}
          .book=${book}
          .programmeName=${till.terminal?.record.programme.name ?? ''}
        ></pos-receipt>`;
      case 'settings':
        return html`<pos-settings .services=${this.services}></pos-settings>`;
    }
  }

  #renderFailed() {
    return html`<main class="plain">
      <h1>${say('app.failed')}</h1>
      <p>${say('app.failed-next')}</p>
      <button class="button primary large" type="button" @click=${() => void this.services.till.reset()}>
        ${say('settings.reset')}
      </button>
    </main>`;
  }

  #renderOperators({ record, certificate }: Terminal) {
    const { till, desk } = this.services;
    return html`<pos-operators
      .operators=${record.operators}
      .shopName=${certificate.content.shopName}
      .terminalId=${certificate.content.terminalId}
      .hasOpenSale=${desk.desk.value.openCount > 0}
      .api=${till.api}
      .reload=${() => till.sync()}
      @pos-signed-in=${(event: CustomEvent<OperatorSessionAnswer>) => void this.#signIn(event.detail)}
    ></pos-operators>`;
  }

  #renderSale() {
    const { till, desk } = this.services;
    const { front, codeText, isLookingBack } = desk.desk.value;
    if (!front) return nothing;
    return html`<pos-sale
      .sale=${front}
      .codeText=${codeText ?? ''}
      .isOnline=${till.network.isOnline.value}
      .isLookingBack=${isLookingBack}
      .lookBack=${this.lookBack}
      .now=${() => till.clock.nowMs()}
      @pos-time-up=${() => desk.timeIsUp()}
      @pos-cancel=${() => void desk.cancel()}
      @pos-leave=${() => this.#leave()}
      @pos-receipt=${() => this.#openReceipt(front)}
      @pos-charge-again=${() => void this.#charge(front.amountMinor)}
      @pos-change-amount=${() => this.#leave(front.amountMinor)}
      @pos-sign-in-again=${() => void this.#signInAgain()}
    ></pos-sale>`;
  }

  #renderPad() {
    const { till, desk } = this.services;
    const phase = till.phase.value;
    if (phase.name !== 'open') return nothing;
    const { programme } = phase.terminal.record;
    const { last, openCount } = desk.desk.value;
    return html`<pos-pad
      .currency=${this.#currency}
      .amountMinorMax=${programme.amountMinorMax}
      .startAmountMinor=${this.startAmountMinor}
      .isBusy=${this.isCharging}
      .refusal=${this.chargeRefusal}
      @pos-charge=${(event: CustomEvent<{ amountMinor: number }>) => void this.#charge(event.detail.amountMinor)}
    >
      <pos-top-bar
        slot="bar"
        .shopName=${phase.terminal.certificate.content.shopName}
        .isDemo=${programme.demo}
        .isOnline=${till.network.isOnline.value}
        .operatorNo=${phase.cashier.operatorNo}
        .operatorName=${phase.cashier.name}
      ></pos-top-bar>
      ${this.#renderNotice()}
      <pos-last-sale
        slot="last"
        .sale=${last}
        .openCount=${openCount}
        @pos-look-back=${() => void this.#lookBack()}
      ></pos-last-sale>
    </pos-pad>`;
  }

  #renderNotice() {
    const trouble = this.services.till.trouble.value;
    if (trouble) {
      const { text, next } = messageFor(trouble, 'cashier');
      return html`<div slot="notice" class="notice trouble" role="status">
        <span>${text} ${next}</span>
        <a class="button" href=${addressOf('settings')}>${say('pad.trouble-again')}</a>
      </div>`;
    }
    if (!this.isNewDayDue) return nothing;
    return html`<div slot="notice" class="notice" role="status">
      <span>${say('pad.new-day')}</span>
      <button class="button" type="button" @click=${() => void this.#closeBatch()}>${say('pad.new-day-close')}</button>
    </div>`;
  }

  get #currency() {
    const content = this.services.till.terminal?.certificate.content;
    return content && { code: content.currency, exponent: content.exponent };
  }

  async #signIn({ operator, expiresAtMs }: OperatorSessionAnswer): Promise<void> {
    const { till, desk } = this.services;
    await till.signIn({ operatorNo: operator.operatorNo, name: operator.name, expiresAtMs });
    await desk.start();
    // The list of cashiers now knows of a passkey that was just made.
    void till.sync();
  }

  async #signInAgain(): Promise<void> {
    this.#leave();
    await this.services.till.signOut();
    await this.services.till.sync();
  }

  async #charge(amountMinor: number): Promise<void> {
    if (this.isCharging) return;
    this.isCharging = true;
    this.chargeRefusal = undefined;
    this.startAmountMinor = undefined;
    const charged = await this.services.desk.charge(amountMinor);
    this.isCharging = false;
    if (charged.ok) return;
    this.startAmountMinor = amountMinor;
    this.chargeRefusal = charged.code;
    this.services.desk.leave();
  }

  #leave(startAmountMinor?: number): void {
    this.startAmountMinor = startAmountMinor;
    this.services.desk.leave();
    this.#router.go('', { isReplacing: true });
  }

  #openReceipt(sale: Sale): void {
    this.startAmountMinor = undefined;
    this.services.desk.leave();
    this.#router.go(receiptPath(sale.traceKey));
  }

  async #lookBack(): Promise<void> {
    this.lookBack = 'asking';
    const asked = await this.services.desk.lookBack();
    this.lookBack = asked.ok && this.services.till.network.isOnline.value ? 'asked' : 'unreachable';
  }

  async #closeBatch() {
    const numbers = await this.services.desk.closeBatch();
    this.isNewDayDue = false;
    return numbers;
  }

  /** Back before someone's eyes: what may have changed meanwhile is asked for. */
  async #onVisible(): Promise<void> {
    if (document.hidden) return;
    const { till, desk } = this.services;
    desk.nudge();
    if (!desk.isBusy.value) await till.endExpiredSession();
    this.isNewDayDue = await desk.isNewDayDue();
  }

  #onEnded(sale: Sale, isInFront: boolean): void {
    this.newsCount += 1;
    const amount = formatAmount(sale.amountMinor, sale.currency, document.documentElement.lang);
    const { state } = sale;
    if (isInFront && state.status === 'not-paid' && state.code === 'request_cancelled') {
      // The cashier's own wish is no outcome to stop for.
      this.#leave();
      this.#say(
        say('outcome.cancelled', { amount }),
        say('outcome.charge-again'),
        () => void this.#charge(sale.amountMinor),
      );
      return;
    }
    if (isInFront) {
      signalOutcome(state.status === 'paid' ? 'paid' : 'not-paid');
      return;
    }
    const time = formatTime(sale.requestedAtMs);
    if (state.status === 'paid') {
      this.#say(say('outcome.earlier-paid', { amount, time }), say('outcome.receipt'), () => this.#openReceipt(sale));
    } else this.#say(say('outcome.earlier-not-paid', { amount, time }));
  }

  #say(message: string, actionLabel?: string, onAction?: () => void): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<TandemToast>('tandem-toast')?.show(message, actionLabel, onAction),
    );
  }
}

customElements.define('pos-app', PosApp);

declare global {
  interface HTMLElementTagNameMap {
    'pos-app': PosApp;
  }
}
