import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { TandemToast } from '../../shared/browser/elements/tandem-toast.ts';
import '../../shared/browser/elements/tandem-toast.ts';
import '../../shared/browser/elements/tandem-update-prompt.ts';
import { signalOutcome } from '../../shared/browser/feedback/signal-outcome.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { Router } from '../../shared/browser/state/router.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { OperatorSessionAnswer } from '../../shared/protocol/wire/terminals.ts';
import { codeInFragment } from '../activation/activation-code.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import type { Sale } from '../sale/sale.ts';
import { say } from '../say.ts';
import { currencyOf } from '../till/currency-of.ts';
import type { Terminal } from '../till/terminal.ts';
import { isLost } from '../till/till-trouble.ts';
import { addressOf, BASE, ROUTES, receiptPath } from './addresses.ts';
import { chooseScreen, LAZY_SCREENS, type Screen } from './choose-screen.ts';
import { describeEarlierSale } from './describe-earlier-sale.ts';
import { describePage } from './describe-page.ts';
import './pos-counter.ts';
import type { PosServices } from './pos-services.ts';
import { renderFailed } from './render-failed.ts';
import { watchLaunches } from './watch-launches.ts';

/**
 * The till: shows one screen, and passes on what is done on it. Everything that lasts is in the services.
 *
 * @property services
 */
export class PosApp extends LitElement {
  static override properties: PropertyDeclarations = {
    services: { attribute: false },
    newsCount: { state: true },
    isToastDone: { state: true },
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
      tandem-update-prompt {
        position: fixed;
        inset-inline: var(--space-4);
        inset-block-start: max(var(--space-4), env(safe-area-inset-top));
        z-index: 4;
        max-inline-size: 40rem;
        margin-inline: auto;
      }
      /* Under the prompt and over the amount: the bottom is where the next sale is charged. */
      tandem-toast {
        inset-block: calc(8.5rem + env(safe-area-inset-top)) auto;
      }
      /* Beside the keys, never over them. */
      @media (orientation: landscape) and (min-width: 44rem) {
        tandem-toast,
        tandem-update-prompt {
          inset-inline-end: 50%;
        }
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
  /** Counts changes of sales, so that lists on the screen are read again. */
  declare private newsCount: number;
  /** Whoever keys the next amount wants to see it, not what was. */
  declare private isToastDone: boolean;

  readonly #router = new Router(ROUTES, BASE, 'pad');
  #activationCode: string | undefined;
  readonly #loaded = new Set<Screen>();
  #screen: Screen = 'starting';
  #listening: AbortController | undefined;

  constructor() {
    super();
    this.newsCount = 0;
    this.isToastDone = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { till, desk, offline, updates } = this.services;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const redraw = () => this.requestUpdate();
    till.phase.subscribe(redraw, signal);
    till.trouble.subscribe(redraw, signal);
    desk.desk.subscribe(redraw, signal);
    updates.state.subscribe(redraw, signal);
    offline.view.subscribe(redraw, signal);
    this.#router.route.subscribe(redraw, signal);
    desk.onEnded = (sale, isInFront) => this.#onEnded(sale, isInFront);
    desk.onChargeRefused = () => signalOutcome('not-paid');
    document.addEventListener('visibilitychange', () => void this.#onVisible(), { signal });
    // Every open sale asks for itself: a probe that fails, on a network that is just coming up, must not keep them waiting.
    addEventListener('online', () => desk.nudge(), { signal });
    watchLaunches((url) => this.#onLaunch(url));
    // A link that is followed in an open window loads nothing anew.
    addEventListener('hashchange', () => void this.#followCode(location.hash), { signal });
    void this.#onVisible();
    void this.#followCode(location.hash);
  }

  override disconnectedCallback(): void {
    this.#listening?.abort();
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    const { till, desk } = this.services;
    document.title = describePage(desk.desk.value.front);
    const { name } = this.#router.route.value;
    const screen = chooseScreen(till.phase.value, desk.desk.value, name, till.trouble.value);
    if (screen === this.#screen) return;
    const load = this.#loaded.has(screen) ? undefined : LAZY_SCREENS[screen];
    if (load) {
      // The screen before stays until the next is there: nothing flashes.
      void this.#load(screen, load);
      return;
    }
    this.#screen = screen;
    window.scrollTo(0, 0);
  }

  async #load(screen: Screen, load: () => Promise<unknown>): Promise<void> {
    try {
      await load();
      this.#loaded.add(screen);
      this.requestUpdate();
    } catch {
      // Not on the disk yet, and no network to fetch it.
      this.#say(messageFor('no_network', 'cashier').text);
    }
  }

  override render() {
    const { updates, desk } = this.services;
    const { isReady, isHeld } = updates.state.value;
    return html`${this.#renderScreen()}
      <tandem-update-prompt
        .isReady=${isReady && !isHeld}
        @tandem-update-accept=${() => updates.accept()}
        @tandem-update-dismiss=${() => updates.dismiss()}
      ></tandem-update-prompt>
      <tandem-toast ?hidden=${this.isToastDone || desk.desk.value.front !== undefined || desk.desk.value.scanning !== undefined}></tandem-toast>`;
  }

  #renderScreen() {
    const { till, desk, book, offline } = this.services;
    const { terminal } = till;
    switch (this.#screen) {
      case 'starting':
        return nothing;
      case 'failed':
        return renderFailed(till);
      case 'activation':
        return keyed(
          this.#activationCode,
          html`<pos-activation
            .code=${this.#activationCode ?? ''}
            .activate=${(code: string) => till.activate(code)}
          ></pos-activation>`,
        );
      case 'lost':
        return html`<pos-lost-till
          .trouble=${till.trouble.value}
          .openCount=${desk.desk.value.openCount}
          .listOpen=${() => desk.listOpen()}
          .hasPayments=${till.phase.value.name === 'open'}
          .askAgain=${() => till.sync()}
          @pos-set-up-again=${() => till.offerActivation()}
        ></pos-lost-till>`;
      case 'operators':
        return terminal && this.#renderOperators(terminal);
      case 'counter':
        return html`<pos-counter
          .till=${till}
          .desk=${desk}
          .offline=${offline}
          @pos-payments=${() => this.#open(ROUTES.payments)}
          @pos-keying=${() => {
            this.isToastDone = true;
          }}
          @pos-open-receipt=${({ detail }: CustomEvent<{ traceKey: TraceKey }>) => this.#open(receiptPath(detail.traceKey))}
        ></pos-counter>`;
      case 'payments':
        return html`<pos-payments
          .book=${book}
          .currency=${terminal && currencyOf(terminal)}
          .closeBatch=${desk.desk.value.openCount > 0 ? undefined : () => desk.batches.close()}
          .newsCount=${this.newsCount + offline.view.value.newsCount}
          .handingIn=${offline.view.value.handingIn}
          .tryAgain=${async (traceKey: TraceKey) => (await offline.load()).tryAgain(traceKey)}
        ></pos-payments>`;
      case 'receipt':
        return html`<pos-receipt
          .traceKey=${this.#router.route.value.params.traceKey as TraceKey}
          .book=${book}
          .programmeName=${terminal?.record.programme.name ?? ''}
        ></pos-receipt>`;
      case 'verify':
        return html`<pos-verify .loadKeys=${async () => this.#receiptKeys}></pos-verify>`;
      case 'settings':
        return html`<pos-settings .services=${this.services}></pos-settings>`;
      case 'offline':
        return html`<pos-offline .services=${this.services}></pos-offline>`;
    }
  }

  get #receiptKeys() {
    const { terminal } = this.services.till;
    return terminal && { programmeName: terminal.record.programme.name, trust: terminal.trust };
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

  async #signIn({ operator, expiresAtMs }: OperatorSessionAnswer): Promise<void> {
    const { till, desk } = this.services;
    this.#router.go('', { isReplacing: true });
    await desk.start();
    await till.signIn({ operatorNo: operator.operatorNo, name: operator.name, expiresAtMs });
    // The list of cashiers now knows of a passkey that was just made.
    void till.sync();
  }

  /** A followed link takes the code out of the address bar and of the history before anyone looks over a shoulder. */
  async #followCode(hash: string): Promise<void> {
    const { till, desk } = this.services;
    const code = codeInFragment(hash);
    if (!code) return;
    this.#activationCode = code;
    this.requestUpdate();
    history.replaceState(null, '', addressOf('pad'));
    if (!till.terminal) return;
    await till.sync();
    const trouble = till.trouble.value;
    // A till that the centre no longer takes may be set up anew; one that works is not replaced by a link.
    if (!trouble) this.#say(say('activation.already'));
    // What is still open is named first, on the screen of a till that is lost.
    else if (desk.desk.value.openCount === 0 || !isLost(trouble)) till.offerActivation();
  }

  #onLaunch({ pathname, hash }: URL): void {
    if (this.services.desk.isBusy.value || !pathname.startsWith(BASE)) return;
    this.services.desk.leave();
    this.#router.go(pathname.slice(BASE.length));
    void this.#followCode(hash);
  }

  /** @param path under the base */
  #open(path: string): void {
    this.services.desk.leave();
    this.#router.go(path);
  }

  /** Back before someone's eyes: what may have changed meanwhile is asked for. */
  async #onVisible(): Promise<void> {
    if (document.hidden) return;
    const { till, desk } = this.services;
    desk.nudge();
    if (!desk.isBusy.value) await till.endExpiredSession();
  }

  #onEnded(sale: Sale, isInFront: boolean): void {
    this.newsCount += 1;
    const { state, amountMinor, currency, traceKey } = sale;
    const isPaid = state.status === 'paid';
    if (!isInFront) {
      const showReceipt = () => this.#open(receiptPath(traceKey));
      if (isPaid) this.#say(describeEarlierSale(sale), say('outcome.receipt'), showReceipt);
      else this.#say(describeEarlierSale(sale));
    } else if (state.status === 'not-paid' && state.code === 'request_cancelled') {
      // The cashier's own wish is no outcome to stop for.
      this.services.desk.leave();
      const amount = formatAmount(amountMinor, currency, document.documentElement.lang);
      const again = () => void this.renderRoot.querySelector('pos-counter')?.charge(amountMinor);
      this.#say(say('outcome.cancelled', { amount }), say('outcome.charge-again'), again);
    } else signalOutcome(isPaid ? 'paid' : state.status === 'accepted' ? 'guaranteed' : 'not-paid');
  }

  #say(message: string, actionLabel?: string, onAction?: () => void): void {
    this.isToastDone = false;
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
