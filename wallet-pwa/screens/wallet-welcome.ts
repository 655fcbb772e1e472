import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { demoSwitch } from '../../shared/browser/elements/demo-switch.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Refusal, type Result, refuse } from '../../shared/protocol/result.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import { walletMark } from '../parts/wallet-mark.ts';
import type { Launch } from '../routing/read-launch.ts';
import { say } from '../texts.ts';
import { mastheadStyles } from './masthead-styles.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';

/** What the welcome screen can do; both end with a wallet on this phone. */
export interface WelcomeActions {
  register(name: string): Promise<Result<true>>;
  signIn(): Promise<Result<true>>;
}

/**
 * The first screen of all: a name and one button. Whoever has a wallet elsewhere opens it with the same passkey.
 *
 * @property programme who runs this; undefined until the centre has told
 * @property isProgrammeMissing nobody has set it up yet
 * @property launch what waits for the person behind the sign-up
 * @property isOnline
 * @property demoNetwork can be pulled in a demo
 * @property actions
 */
export class WalletWelcome extends LitElement {
  static override properties: PropertyDeclarations = {
    programme: { attribute: false },
    isProgrammeMissing: { type: Boolean },
    launch: { attribute: false },
    isOnline: { type: Boolean },
    demoNetwork: { attribute: false },
    actions: { attribute: false },
    nameError: { state: true },
    way: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    mastheadStyles,
    css`
      main {
        display: flex;
        flex-direction: column;
        flex: 1;
        gap: var(--space-6);
      }
      .words {
        display: flex;
        flex: 1;
        flex-direction: column;
        justify-content: center;
        gap: var(--space-4);
      }
      h1 {
        margin: 0;
        font-size: clamp(2.25rem, 1.6rem + 3.4vmin, 3rem);
        font-weight: var(--weight-bold);
        line-height: 1.06;
        letter-spacing: -0.03em;
      }
      .how {
        color: var(--color-text-quiet);
        font-size: var(--text-l);
        line-height: 1.4;
      }
      @media (max-height: 42rem) {
        .how {
          font-size: var(--text-m);
        }
        main {
          gap: var(--space-4);
        }
      }
      .waits {
        display: flex;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-accent-soft);
        color: var(--color-text);
      }
      .waits tandem-icon {
        color: var(--color-accent);
      }
      form {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
      }
      .passkey {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        color: var(--color-text-quiet);
        font-size: var(--text-s);
      }
      .problem {
        min-block-size: 3.25rem;
        color: var(--color-danger);
      }
      @media (orientation: landscape) and (max-height: 30rem) and (min-width: 40rem) {
        :host {
          max-inline-size: 60rem;
        }
        main {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: var(--space-8);
          align-items: center;
        }
      }
    `,
  ];

  declare programme: ProgrammeAnswer | undefined;
  declare isProgrammeMissing: boolean;
  declare launch: Launch | undefined;
  declare isOnline: boolean;
  declare demoNetwork: DemoNetwork;
  declare actions: WelcomeActions;
  declare private nameError: string;
  declare private way: 'register' | 'sign-in';

  readonly #task = new TaskController(this, (way: 'register' | 'sign-in', name: string) =>
    way === 'register' ? this.actions.register(name) : this.actions.signIn(),
  );

  constructor() {
    super();
    this.isOnline = true;
    this.isProgrammeMissing = false;
    this.nameError = '';
    this.way = 'register';
    new ScreenArrival(this, say('welcome.title'));
  }

  override render() {
    const { programme } = this;
    return html`<header class="bar">
        ${walletMark}
        <span class="who">${programme?.name ?? say('app.name')}</span>
        ${demoSwitch(programme?.demo, this.demoNetwork)}
      </header>
      <main>
        <div class="words">
          <h1 tabindex="-1">${say('welcome.headline')}</h1>
          <p class="how">${say('welcome.how')}</p>
          ${this.#renderLaunch()}
        </div>
        ${this.#renderForm()}
      </main>`;
  }

  #renderLaunch() {
    if (!this.launch) return nothing;
    const isPayment = this.launch.kind === 'payment';
    return html`<p class="waits">
      <tandem-icon name=${isPayment ? 'receipt' : 'card'}></tandem-icon>
      <span>${say(isPayment ? 'welcome.payment-waits' : 'welcome.card-waits')}</span>
    </p>`;
  }

  #renderForm() {
    const isBusy = this.#task.isBusy;
    return html`<form novalidate @submit=${this.#onSubmit}>
      <div class="field">
        <label for="name">${say('welcome.name')}</label>
        <input
          id="name"
          name="name"
          autocomplete="given-name"
          autocapitalize="words"
          spellcheck="false"
          enterkeyhint="go"
          aria-describedby="name-help"
          aria-invalid=${this.nameError ? 'true' : 'false'}
          ?readonly=${isBusy}
          @input=${() => {
            this.nameError = '';
          }}
        />
        <span id="name-help" class=${this.nameError ? 'error' : 'help'} role=${this.nameError ? 'alert' : nothing}>
          ${this.nameError || this.#nameHelp}
        </span>
      </div>
      <button class="button primary large wide" type="submit" aria-busy=${isBusy && this.way === 'register'} ?disabled=${isBusy}>
        <tandem-icon name="passkey"></tandem-icon>
        ${say(isBusy && this.way === 'register' ? 'welcome.creating' : 'welcome.create')}
      </button>
      <button
        class="button text wide"
        type="button"
        aria-busy=${isBusy && this.way === 'sign-in'}
        ?disabled=${isBusy}
        @click=${() => this.#run('sign-in', '')}
      >
        ${say(isBusy && this.way === 'sign-in' ? 'welcome.signing-in' : 'welcome.sign-in')}
      </button>
      <div role="status" class="problem">${this.#renderProblem()}</div>
    </form>`;
  }

  get #nameHelp(): string {
    return this.programme
      ? say('welcome.name-help', { programme: this.programme.name })
      : say('welcome.name-help-plain');
  }

  #renderProblem() {
    const { state } = this.#task;
    if (state.status === 'failed') return html`<p>${this.#words(state.error)}</p>`;
    if (!this.isOnline) return html`<p class="quiet">${say('welcome.offline')}</p>`;
    if (this.isProgrammeMissing) return html`<p>${this.#words(refuse('programme_missing'))}</p>`;
    return html`<p class="passkey"><tandem-icon name="lock"></tandem-icon>${say('welcome.passkey')}</p>`;
  }

  #words({ code }: Refusal): string {
    // Answered twice, or the answer got lost on its way: the account is there, and the passkey opens it.
    if (this.way === 'register' && (code === 'ceremony_expired' || code === 'passkey_exists')) {
      return say('welcome.answer-lost');
    }
    const { text, next } = messageFor(code);
    return `${text} ${next}`;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input') as HTMLInputElement;
    const name = input.value.trim();
    if (name === '') this.nameError = say('welcome.name-missing');
    else if (name.length > BOUNDS.nameCharsMax)
      this.nameError = say('welcome.name-long', { count: BOUNDS.nameCharsMax });
    else this.#run('register', name);
    if (this.nameError) input.focus();
  }

  #run(way: 'register' | 'sign-in', name: string): void {
    if (this.#task.isBusy) return;
    this.way = way;
    void this.#task.run(way, name);
  }
}

customElements.define('wallet-welcome', WalletWelcome);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-welcome': WalletWelcome;
  }
}
