import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { askPersistence } from '../../shared/browser/storage/ask-persistence.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { welcomeStyles } from '../parts/welcome-styles.ts';
import { say } from '../say.ts';
import { countCode, groupCode } from './activation-code.ts';
import { canSign } from './can-sign.ts';

/**
 * The first thing a new till shows: asks for the activation code, typed, scanned or from a followed link.
 *
 * @property code from a link; stands in the field, and one tap goes on
 * @property activate makes this device the terminal
 */
export class PosActivation extends LitElement {
  static override properties: PropertyDeclarations = {
    code: { type: String },
    activate: { attribute: false },
    isScanning: { state: true },
    isSupported: { state: true },
    isFilledIn: { state: true },
    problem: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    welcomeStyles,
    css`
      input {
        font-family: var(--font-mono);
        font-size: var(--text-xl);
        letter-spacing: 0.06em;
        text-align: center;
        text-transform: uppercase;
      }
      tandem-scanner {
        inline-size: 100%;
        block-size: min(34rem, 57dvh);
      }
    `,
  ];

  declare code: string;
  declare activate: (code: string) => Promise<Result<unknown>>;
  declare private isScanning: boolean;
  declare private isSupported: boolean;
  /** By a link, and not touched since. */
  declare private isFilledIn: boolean;
  declare private problem: string;

  readonly #task = new TaskController(this, async (code: string) => {
    const activated = await this.activate(code);
    if (activated.ok) await askPersistence();
    return activated;
  });

  constructor() {
    super();
    this.code = '';
    this.isScanning = false;
    this.isSupported = true;
    this.isFilledIn = false;
    this.problem = '';
    new FocusOnArrival(this, '.next');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.isFilledIn = parseSecretCode(this.code) !== undefined;
    void canSign().then((isSupported) => {
      this.isSupported = isSupported;
    });
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('code')) this.code = groupCode(this.code);
  }

  override render() {
    return html`<main>
      <div class="head">
        <tandem-icon name="shop"></tandem-icon>
        <h1>${say('activation.title')}</h1>
        <p class="quiet">${this.#introText}</p>
      </div>
      ${this.isSupported ? (this.isScanning ? this.#renderScanner() : this.#renderForm()) : nothing}
    </main>`;
  }

  #renderForm() {
    const isBusy = this.#task.isBusy;
    const problem = this.#problemText;
    return html`<form @submit=${this.#onSubmit}>
      <div class="field">
        <label for="code">${say('activation.code')}</label>
        <input
          id="code"
          class=${this.isFilledIn ? '' : 'next'}
          name="code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="go"
          placeholder="XXXX-XXXX-XXXX"
          .value=${this.code}
          ?readonly=${isBusy}
          aria-invalid=${problem !== ''}
          aria-describedby="help"
          @input=${this.#onInput}
        />
        <span id="help" class=${problem ? 'error' : 'help'} role="status">
          ${problem || say('activation.code-help')}
        </span>
      </div>
      <button class="button primary large wide ${this.isFilledIn ? 'next' : ''}" type="submit" aria-busy=${isBusy}>
        ${say(isBusy ? 'activation.working' : 'activation.submit')}
      </button>
      <button class="button large wide" type="button" ?disabled=${isBusy} @click=${this.#openScanner}>
        <tandem-icon name="scan"></tandem-icon>${say('activation.scan')}
      </button>
    </form>`;
  }

  #renderScanner() {
    return html`<tandem-scanner
        .prompt=${say('activation.scan')}
        .isVerdictElsewhere=${true}
        @tandem-scan=${this.#onScan}
      ></tandem-scanner>
      <p class="error" role="status">${this.problem}</p>
      <button class="button large wide" type="button" @click=${this.#closeScanner}>${say('activation.type')}</button>`;
  }

  get #introText(): string {
    if (!this.isSupported) return say('activation.unsupported');
    return say(this.isFilledIn ? 'activation.filled-in' : 'activation.intro');
  }

  get #problemText(): string {
    if (this.problem) return this.problem;
    const { state } = this.#task;
    if (state.status !== 'failed') return '';
    const { text, next } = messageFor(state.error.code, 'cashier');
    return `${text} ${next}`;
  }

  #onInput(event: Event): void {
    const input = event.target as HTMLInputElement;
    // The caret stays at its place only while the end is being typed; in the middle the person's text is left alone.
    if (input.selectionStart === input.value.length) input.value = groupCode(input.value);
    this.code = input.value;
    this.isFilledIn = false;
    this.problem = '';
    if (this.#task.state.status === 'failed') this.#task.reset();
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    if (this.#task.isBusy) return;
    const code = parseSecretCode(this.code);
    if (code === undefined) {
      this.problem = say('activation.incomplete', { count: countCode(groupCode(this.code)) });
      this.renderRoot.querySelector('input')?.focus();
      return;
    }
    void this.#task.run(code);
  }

  #onScan(event: CustomEvent<ScannedText>): void {
    const code = parseSecretCode(event.detail.text);
    if (code === undefined) {
      this.problem = say('activation.not-a-code');
      return;
    }
    this.#closeScanner();
    this.code = code;
    void this.#task.run(code);
  }

  async #openScanner(): Promise<void> {
    this.problem = '';
    await import('../../shared/browser/scanner/tandem-scanner.ts');
    this.isScanning = true;
  }

  #closeScanner(): void {
    this.problem = '';
    this.isScanning = false;
  }
}

customElements.define('pos-activation', PosActivation);

declare global {
  interface HTMLElementTagNameMap {
    'pos-activation': PosActivation;
  }
}
