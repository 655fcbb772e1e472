import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { cancelPasskey } from '../../shared/browser/passkeys/passkeys.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { OperatorAnswer, OperatorSessionAnswer } from '../../shared/protocol/wire/terminals.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { welcomeStyles } from '../parts/welcome-styles.ts';
import { say } from '../say.ts';
import type { TerminalApi } from '../till/terminal-api.ts';
import { enrolOperator, signInOperator } from './operator-ceremonies.ts';
import './pos-operator-list.ts';

/**
 * Who is at the till: choose a name, then confirm with the passkey; whoever has none makes one first.
 *
 * @property operators, `shopName`, `terminalId`
 * @property hasOpenSale a payment of before is still being checked
 * @property api calls with the terminal's session
 * @property reload fetches the list of cashiers again
 * @fires pos-signed-in {OperatorSessionAnswer}
 */
export class PosOperators extends LitElement {
  static override properties: PropertyDeclarations = {
    operators: { attribute: false },
    shopName: { type: String },
    terminalId: { type: String },
    hasOpenSale: { type: Boolean },
    api: { attribute: false },
    reload: { attribute: false },
    chosen: { state: true },
    isEnrolling: { state: true },
    isCodeNeeded: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    welcomeStyles,
    css`
      .notice {
        justify-self: center;
        white-space: normal;
      }
      input {
        font-family: var(--font-mono);
        font-size: var(--text-l);
        letter-spacing: 0.06em;
        text-align: center;
        text-transform: uppercase;
      }
      .problem {
        min-block-size: 2.9em;
        color: var(--color-danger);
        text-align: center;
      }
    `,
  ];

  declare operators: readonly OperatorAnswer[];
  declare shopName: string;
  declare terminalId: string;
  declare hasOpenSale: boolean;
  declare api: TerminalApi;
  declare reload: () => Promise<Result<unknown>>;
  declare private chosen: OperatorAnswer | undefined;
  /** No passkey of theirs is on this device: one is made. */
  declare private isEnrolling: boolean;
  declare private isCodeNeeded: boolean;

  readonly #ceremony = new TaskController(this, (operator: OperatorAnswer, code: string | undefined) =>
    this.isEnrolling
      ? enrolOperator(this.api, operator.operatorNo, code)
      : signInOperator(this.api, operator.operatorNo),
  );
  readonly #reloading = new TaskController(this, () => this.reload());

  constructor() {
    super();
    this.hasOpenSale = false;
    this.isEnrolling = false;
    this.isCodeNeeded = false;
    new FocusOnArrival(this, 'h1');
  }

  override disconnectedCallback(): void {
    cancelPasskey();
    super.disconnectedCallback();
  }

  override render() {
    return html`<main>
      ${this.hasOpenSale ? html`<p class="chip unknown notice">${say('operators.checking-payment')}</p>` : nothing}
      ${this.chosen ? this.#renderCeremony(this.chosen) : this.#renderList()}
    </main>`;
  }

  #renderList() {
    const { shopName: shop, terminalId: terminal } = this;
    return html`<div class="head">
        <tandem-icon name="person"></tandem-icon>
        <h1 tabindex="-1">${say('operators.title')}</h1>
        <p class="quiet">${say('operators.shop', { shop, terminal })}</p>
      </div>
      <pos-operator-list
        .operators=${this.operators}
        .isReloading=${this.#reloading.isBusy}
        @pos-choose=${(event: CustomEvent<OperatorAnswer>) => this.#choose(event.detail)}
        @pos-reload=${() => void this.#reloading.run()}
      ></pos-operator-list>`;
  }

  #renderCeremony({ name, hasPasskey }: OperatorAnswer) {
    const { isEnrolling } = this;
    const isBusy = this.#ceremony.isBusy;
    const note = this.isCodeNeeded
      ? 'operators.code-note'
      : isEnrolling
        ? 'operators.enrol-note'
        : 'operators.sign-in-note';
    const act = isBusy ? 'operators.working' : isEnrolling ? 'operators.enrol' : 'operators.sign-in';
    return html`<div class="head">
        <tandem-icon name="passkey"></tandem-icon>
        <h1 tabindex="-1">${say(hasPasskey ? 'operators.sign-in-title' : 'operators.enrol-title', { name })}</h1>
        <p class="quiet">${say(note, { name })}</p>
      </div>
      <form @submit=${this.#onSubmit}>
        ${this.isCodeNeeded ? this.#renderCodeField() : nothing}
        <p class="problem" role="status">${this.#problem}</p>
        <button class="button primary large wide" type="submit" aria-busy=${isBusy}>${say(act)}</button>
        ${
          hasPasskey
            ? html`<button class="button text wide" type="button" @click=${this.#toggleEnrolling}>
              ${say(isEnrolling ? 'operators.have-passkey' : 'operators.no-passkey')}
            </button>`
            : nothing
        }
        <button class="button text wide" type="button" @click=${this.#chooseAgain}>${say('operators.other')}</button>
      </form>`;
  }

  #renderCodeField() {
    return html`<div class="field">
      <label for="code">${say('operators.code')}</label>
      <input id="code" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="XXXX-XXXX-XXXX" />
    </div>`;
  }

  get #problem(): string {
    const { state } = this.#ceremony;
    if (state.status !== 'failed') return '';
    // Without a code typed yet, asking for it is the next step and not a mistake.
    if (state.error.code === 'enrolment_code_invalid' && !this.#typedCode) return '';
    const { text, next } = messageFor(state.error.code, 'cashier');
    return `${text} ${next}`;
  }

  get #typedCode(): string {
    return this.renderRoot.querySelector<HTMLInputElement>('#code')?.value.trim() ?? '';
  }

  #choose(operator: OperatorAnswer): void {
    this.chosen = operator;
    this.isEnrolling = !operator.hasPasskey;
    this.isCodeNeeded = false;
    // Choosing a name is the wish to sign in: the passkey opens at once. Making one is explained first.
    if (operator.hasPasskey) void this.#run(operator);
  }

  /** A passkey of another device cannot sign here; whoever may have one here gets a further one. */
  #toggleEnrolling(): void {
    cancelPasskey();
    this.#ceremony.reset();
    this.isEnrolling = !this.isEnrolling;
    this.isCodeNeeded = false;
  }

  #chooseAgain(): void {
    cancelPasskey();
    this.#ceremony.reset();
    this.chosen = undefined;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    if (this.chosen && !this.#ceremony.isBusy) void this.#run(this.chosen);
  }

  async #run(operator: OperatorAnswer): Promise<void> {
    const state = await this.#ceremony.run(operator, this.isCodeNeeded ? this.#typedCode : undefined);
    if (state.status === 'done') {
      const detail = state.value;
      this.dispatchEvent(
        new CustomEvent<OperatorSessionAnswer>('pos-signed-in', { detail, bubbles: true, composed: true }),
      );
    } else if (state.status === 'failed' && state.error.code === 'enrolment_code_invalid') {
      this.isCodeNeeded = true;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('#code')?.focus();
    }
  }
}

customElements.define('pos-operators', PosOperators);

declare global {
  interface HTMLElementTagNameMap {
    'pos-operators': PosOperators;
  }
}
