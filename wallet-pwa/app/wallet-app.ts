import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TandemToast } from '../../shared/browser/elements/tandem-toast.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { AppUpdates } from '../../shared/browser/service-worker/app-updates.ts';
import { Router } from '../../shared/browser/state/router.ts';
import { StoreController } from '../../shared/browser/state/store-controller.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { ReadySession } from '../account/account.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import { isCodeShown } from '../pay-code/show-code-state.ts';
import { isOutcomeShown } from '../payment/pay-state.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { SCREENS, type ScreenName } from '../routing/screens.ts';
import { say } from '../texts.ts';
import { renderBegunAgainScreen } from './begun-again-screen.ts';
import { renderCodeScreen } from './code-screen.ts';
import { HeldWords } from './held-words.ts';
import { renderEntryScreen, renderHistoryScreen } from './history-screens.ts';
import { renderHomeScreen } from './home-screen.ts';
import type { InstallOffer } from './install-offer.ts';
import { Launcher } from './launcher.ts';
import { loadScreen } from './load-screen.ts';
import type { SettledNotice } from './payment-news.ts';
import { renderPaymentScreen } from './payment-screen.ts';
import { renderSettingsScreen } from './settings-screen.ts';
import type { Wallet } from './wallet.ts';
import { renderWelcomeScreen } from './welcome-screen.ts';
import { renderWithoutNetworkScreen } from './without-network-screen.ts';
import '../../shared/browser/elements/tandem-toast.ts';
import '../../shared/browser/elements/tandem-update-prompt.ts';

const BASE = '/wallet/';

export interface WalletAppParts {
  readonly wallet: Wallet;
  readonly updates: AppUpdates;
  readonly install: InstallOffer;
  readonly version: string;
}

/** Puts the screens together: which one is open, what it is given, and what its events do. It decides nothing about money. */
export class WalletApp extends LitElement {
  static override properties: PropertyDeclarations = {
    hasFailed: { state: true },
  };

  static override styles = css`
    :host {
      display: block;
    }
    .failed {
      display: grid;
      place-content: center;
      gap: var(--space-3);
      min-block-size: 100dvh;
      padding: var(--space-6);
      text-align: center;
    }
    /* Above what is at thumb height: a word about the last payment must not cover the next one's button. */
    tandem-toast {
      inset-block-end: calc(6.75rem + env(safe-area-inset-bottom));
    }
    tandem-toast[hidden] {
      display: none;
    }
    tandem-update-prompt {
      position: fixed;
      inset-inline: var(--space-4);
      inset-block-start: max(var(--space-4), env(safe-area-inset-top));
      z-index: 4;
      max-inline-size: 32rem;
      margin-inline: auto;
    }
  `;

  declare private hasFailed: boolean;

  readonly #parts: WalletAppParts;
  readonly #wallet: Wallet;
  readonly #router = new Router<ScreenName>(SCREENS, BASE, 'home');
  readonly #route = new StoreController(this, this.#router.route);
  readonly #launcher: Launcher;
  readonly #waiting;
  readonly #claimCode;
  readonly #session;
  readonly #cards;
  readonly #isOnline;
  readonly #pay;
  readonly #update;
  readonly #nowMs = () => this.#wallet.nowMs();
  readonly #words = new HeldWords((text) => this.renderRoot.querySelector<TandemToast>('tandem-toast')?.show(text));

  constructor(parts: WalletAppParts) {
    super();
    const { wallet, updates } = parts;
    this.#parts = parts;
    this.#wallet = wallet;
    this.#launcher = new Launcher(wallet, this.#router);
    this.#waiting = new StoreController(this, this.#launcher.waiting);
    this.#claimCode = new StoreController(this, this.#launcher.claimCode);
    this.#session = new StoreController(this, wallet.session);
    this.#cards = new StoreController(this, wallet.cards);
    new StoreController(this, wallet.history.entries);
    new StoreController(this, wallet.history.hasOlder);
    new StoreController(this, wallet.preferences);
    this.#isOnline = new StoreController(this, wallet.network.isOnline);
    this.#pay = new StoreController(this, wallet.payment.state);
    new StoreController(this, wallet.payCodes.flow.state);
    new StoreController(this, wallet.payCodes.pair);
    new StoreController(this, wallet.consentCodes.pair);
    new StoreController(this, wallet.offline.rehearsal);
    new StoreController(this, wallet.programme);
    new StoreController(this, wallet.isProgrammeMissing);
    this.#update = new StoreController(this, updates.state);
    this.hasFailed = false;
    wallet.news.settledElsewhere.subscribe((notice) => this.#tellSettled(notice));
    wallet.news.freed.subscribe((freed) => {
      if (freed) this.#toast(say('home.freed-now', { amount: formatAmount(freed.amountMinor, freed.currency) }));
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void wallet.refresh();
    });
  }

  /** Opens the wallet from the disk, then asks the centre. Without storage there is no wallet: that is said, with what to do. */
  async start(): Promise<void> {
    try {
      await this.#wallet.start();
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
    this.#launcher.resumeCode();
    await this.#wallet.refresh();
  }

  override render() {
    return html`<div class="screen" ?inert=${this.#isCovered} @wallet-notice=${this.#onNotice}>${this.#renderScreen()}</div>
      ${this.#renderPayment()}
      <tandem-update-prompt
        ?ready=${this.#update.value.isReady}
        ?held=${this.#update.value.isHeld}
        @tandem-update-accept=${() => this.#parts.updates.accept()}
        @tandem-update-dismiss=${() => this.#parts.updates.dismiss()}
      ></tandem-update-prompt>
      <tandem-toast ?hidden=${this.#isHeldUp}></tandem-toast>`;
  }

  override updated(): void {
    if (!this.#isHeldUp) this.#words.release();
  }

  /** An outcome fills the window: what lies under it is neither read out nor reached by the Tab key. */
  get #isCovered(): boolean {
    return isOutcomeShown(this.#pay.value);
  }

  /** A code or an outcome is looked at, by two people perhaps: no word on another payment lies over it. */
  get #isHeldUp(): boolean {
    return this.#isCovered || isCodeShown(this.#wallet.payCodes.flow.state.value);
  }

  #renderScreen() {
    if (this.hasFailed) {
      const { text, next } = messageFor('storage_failed');
      return html`<main class="failed"><h1>${text}</h1><p>${next}</p></main>`;
    }
    const session = this.#session.value;
    if (session.status === 'loading') return nothing;
    // For anyone who was shown a receipt: needs no wallet.
    if (this.#route.value.name === 'verify') return this.#renderVerify();
    if (session.status === 'none') return this.#renderWelcome();
    if (session.isBegunAgain) {
      const beginAgain = () => this.#beginAgain();
      return renderBegunAgainScreen({ wallet: this.#wallet, session, nowMs: this.#nowMs, beginAgain });
    }
    const { name } = this.#route.value;
    void loadScreen(name);
    switch (name) {
      case 'home':
      case 'pay':
        return renderHomeScreen({
          ...this.#history(session),
          install: this.#parts.install,
          signIn: () => void this.#signInAgain(),
        });
      case 'scan':
        return html`<wallet-scan
          .base=${BASE}
          .isPaused=${this.#pay.value.status !== 'none'}
          @wallet-scanned=${(event: CustomEvent<{ text: string }>) => this.#launcher.takeScan(event.detail.text)}
        ></wallet-scan>`;
      case 'code':
        return renderCodeScreen({
          wallet: this.#wallet,
          session,
          base: BASE,
          nowMs: this.#nowMs,
          close: () => this.#router.go('', { isReplacing: true }),
          openReceipt: (code) => this.#openEntry(code),
        });
      case 'history':
        return renderHistoryScreen(this.#history(session));
      case 'entry':
        return renderEntryScreen(this.#history(session), this.#route.value.params.entryId);
      case 'add-card':
        return html`<wallet-add-card
          .base=${BASE}
          .isOnline=${this.#isOnline.value}
          .claimCode=${this.#claimCode.value}
          .actions=${this.#wallet.account}
          @wallet-card-added=${(event: CustomEvent<{ label: string }>) => this.#onCardAdded(event.detail.label)}
        ></wallet-add-card>`;
      case 'settings':
        return renderSettingsScreen({
          wallet: this.#wallet,
          session,
          base: BASE,
          version: this.#parts.version,
          signOut: () => this.#signOut(),
        });
      case 'without-network':
        return renderWithoutNetworkScreen(this.#history(session));
    }
  }

  #renderWelcome() {
    const { account } = this.#wallet;
    return renderWelcomeScreen({
      wallet: this.#wallet,
      waiting: this.#waiting.value,
      register: (name) => this.#enrol(() => account.register(name)),
      signIn: () => this.#enrol(() => account.signIn()),
      tell: (text) => this.#toast(text),
    });
  }

  #renderVerify() {
    void loadScreen('verify');
    return html`<wallet-verify .base=${BASE} .loadKeys=${() => this.#wallet.account.loadReceiptKeys()}></wallet-verify>`;
  }

  #renderPayment() {
    const session = this.#session.value;
    if (session.status !== 'ready' || session.isBegunAgain) return nothing;
    return renderPaymentScreen({
      wallet: this.#wallet,
      session,
      nowMs: this.#nowMs,
      close: (to) => this.#closePayment(to),
      openReceipt: (intent) => {
        this.#wallet.payment.close();
        this.#openEntry(intent);
      },
    });
  }

  #history(session: ReadySession) {
    return { wallet: this.#wallet, session, base: BASE, nowMs: this.#nowMs };
  }

  #closePayment(to: 'home' | 'scan'): void {
    this.#wallet.payment.close();
    // A reload or the back key must not bring a finished code again.
    if (this.#route.value.name === 'pay' || this.#route.value.name !== to) {
      this.#router.go(SCREENS[to], { isReplacing: true });
    }
  }

  #openEntry({ accountNumber, state }: Pick<KeptPayCode | PaymentIntent, 'accountNumber' | 'state'>): void {
    if (state.status !== 'paid') return;
    this.#router.go('', { isReplacing: true });
    this.#router.go(`history/${accountNumber}-${state.sequence}`);
  }

  async #enrol(enrol: () => ReturnType<Wallet['account']['signIn']>) {
    const result = await enrol();
    if (!result.ok) return result;
    this.#launcher.followCode();
    await this.#wallet.afterEnrolment();
    return result;
  }

  async #signInAgain(): Promise<void> {
    const result = await this.#enrol(() => this.#wallet.account.signIn());
    if (!result.ok) this.#toast(messageFor(result.code).text);
  }

  async #signOut(): Promise<boolean> {
    const isOut = await this.#wallet.signOut();
    if (!isOut) return false;
    this.#router.go('', { isReplacing: true });
    await this.#wallet.history.load();
    await this.#wallet.refresh();
    return true;
  }

  async #beginAgain(): Promise<void> {
    await this.#wallet.beginAgain();
    this.#router.go('', { isReplacing: true });
  }

  #onCardAdded(label: string): void {
    this.#launcher.claimCode.set(undefined);
    const name = label || (this.#cards.value.at(-1)?.label ?? '');
    this.#router.go('', { isReplacing: true });
    this.#toast(say('add.done', { label: name }));
  }

  #tellSettled(notice: SettledNotice | undefined): void {
    if (!notice) return;
    const amount = formatAmount(notice.amountMinor, notice.currency);
    this.#toast(say(notice.isPaid ? 'home.settled-paid' : 'home.settled-not-paid', { amount, shop: notice.shopName }));
  }

  #onNotice(event: CustomEvent<{ text: string }>): void {
    this.#toast(event.detail.text);
  }

  #toast(text: string): void {
    this.#words.tell(text, this.#isHeldUp);
  }
}

customElements.define('wallet-app', WalletApp);
