import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { formatSecretCode, parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';

export interface AddCardActions {
  addCard(label: string): Promise<Result<true>>;
  claimCard(code: string): Promise<Result<true>>;
}

/**
 * Two ways to a further card: take over one that the programme issued, by its code, or make a new, empty one.
 *
 * @property claimCode from a link or a scan: filled in, the person only has to say yes
 * @property actions
 * @property isOnline
 * @property base
 * @fires wallet-card-added {label}
 */
export class WalletAddCard extends LitElement {
  static override properties: PropertyDeclarations = {
    claimCode: { type: String },
    actions: { attribute: false },
    isOnline: { type: Boolean },
    base: { type: String },
    codeError: { state: true },
    labelError: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      .card {
        display: flex;
        flex-direction: column;
        gap: var(--space-4);
        padding: var(--space-6) var(--space-5);
      }
      .code {
        font-family: var(--font-mono);
        letter-spacing: 0.06em;
        text-transform: uppercase;
      }
      .code::placeholder {
        letter-spacing: 0.06em;
      }
    `,
  ];

  declare claimCode: string | undefined;
  declare actions: AddCardActions;
  declare isOnline: boolean;
  declare base: string;
  declare private codeError: string;
  declare private labelError: string;

  readonly #claim = new TaskController(this, (code: string) => this.actions.claimCard(code));
  readonly #add = new TaskController(this, (label: string) => this.actions.addCard(label));

  constructor() {
    super();
    this.isOnline = true;
    this.codeError = '';
    this.labelError = '';
    new ScreenArrival(this, say('add.title'));
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${say('add.title')}</h1>
      </header>
      ${this.isOnline ? '' : html`<p class="quiet" role="status">${say('add.offline')}</p>`}
      ${this.#renderClaim()} ${this.#renderNew()}`;
  }

  #renderClaim() {
    const { isBusy } = this.#claim;
    const error = this.codeError || failure(this.#claim);
    return html`<form class="card" novalidate @submit=${this.#onClaim}>
      <h2>${say('add.claim-headline')}</h2>
      <div class="field">
        <label for="code">${say('add.claim-label')}</label>
        <input
          id="code"
          class="code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="go"
          placeholder=${say('add.claim-placeholder')}
          .value=${formatSecretCode(parseSecretCode(this.claimCode ?? '') ?? this.claimCode ?? '')}
          aria-describedby="code-help"
          aria-invalid=${error ? 'true' : 'false'}
          ?readonly=${isBusy}
          @input=${() => {
            this.codeError = '';
            this.#claim.reset();
          }}
        />
        <span id="code-help" class=${error ? 'error' : 'help'} role="status">${error || say('add.claim-help')}</span>
      </div>
      <button class="button primary wide" type="submit" aria-busy=${isBusy} ?disabled=${isBusy}>${say('add.claim')}</button>
      <a class="button text wide" href="${this.base}scan"><tandem-icon name="scan"></tandem-icon>${say('add.scan')}</a>
    </form>`;
  }

  #renderNew() {
    const { isBusy } = this.#add;
    const error = this.labelError || failure(this.#add);
    return html`<form class="card" novalidate @submit=${this.#onNew}>
      <h2>${say('add.new-headline')}</h2>
      <div class="field">
        <label for="label">${say('add.new-label')}</label>
        <input
          id="label"
          autocomplete="off"
          autocapitalize="sentences"
          enterkeyhint="go"
          maxlength=${BOUNDS.nameCharsMax}
          placeholder=${say('add.new-placeholder')}
          aria-describedby="label-help"
          aria-invalid=${error ? 'true' : 'false'}
          ?readonly=${isBusy}
          @input=${() => {
            this.labelError = '';
            this.#add.reset();
          }}
        />
        <span id="label-help" class=${error ? 'error' : 'help'} role="status">${error || say('add.new-help')}</span>
      </div>
      <button class="button wide" type="submit" aria-busy=${isBusy} ?disabled=${isBusy}>${say('add.new')}</button>
    </form>`;
  }

  async #onClaim(event: Event): Promise<void> {
    event.preventDefault();
    const code = parseSecretCode(this.#value('code'));
    if (!code) {
      this.codeError = say('add.claim-invalid');
      return;
    }
    const state = await this.#claim.run(code);
    if (state.status === 'done') this.#fireAdded('');
  }

  async #onNew(event: Event): Promise<void> {
    event.preventDefault();
    const label = this.#value('label').trim();
    if (label === '') {
      this.labelError = say('add.new-missing');
      return;
    }
    const state = await this.#add.run(label);
    if (state.status === 'done') this.#fireAdded(label);
  }

  #value(id: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
  }

  #fireAdded(label: string): void {
    this.dispatchEvent(new CustomEvent('wallet-card-added', { detail: { label }, bubbles: true, composed: true }));
  }
}

function failure({ state }: { state: TaskController<[string], true>['state'] }): string {
  if (state.status !== 'failed') return '';
  const { text, next } = messageFor(state.error.code);
  return `${text} ${next}`;
}

customElements.define('wallet-add-card', WalletAddCard);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-add-card': WalletAddCard;
  }
  interface HTMLElementEventMap {
    'wallet-card-added': CustomEvent<{ label: string }>;
  }
}
