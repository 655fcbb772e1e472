import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../i18n/message-for.ts';
import { say } from '../i18n/say.ts';
import type { UiMessageKey } from '../i18n/ui-messages-en.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import { INSECURE_CONTEXT } from './refuse-camera.ts';
import type { ScannedText } from './scan-source.ts';
import { ScannerController } from './scanner-controller.ts';
import { scannerStyles } from './scanner-styles.ts';
import { canReadScreen } from './screen.ts';
import { wordsFor } from './words-for.ts';
import '../elements/tandem-icon.ts';

/**
 * Reads codes: the camera opens at once, and under it are always the other ways (this computer's screen, a picture by
 * choice or drop, pasted text). Keeps reading until paused, whatever it reads; the same text is reported at most once a
 * second, every other at once. Decoding runs in workers that are loaded with the first use.
 *
 * @property isPaused stops reading; a shared screen is given back at once, the camera stays open
 * @property prompt what to aim at; default "Point the camera at the code"
 * @property isVerdictElsewhere the screen around it says what was read: here nothing claims that it was the right thing
 * @property accepts which pasted texts go on at once, without a further tap; without it none does
 * @fires tandem-scan {text, source: 'camera'|'screen'|'image'|'text', capturedAtMs}
 */
export class TandemScanner extends LitElement {
  static override properties: PropertyDeclarations = {
    isPaused: { type: Boolean, attribute: 'paused' },
    prompt: { type: String },
    isVerdictElsewhere: { type: Boolean, attribute: 'verdict-elsewhere' },
    accepts: { attribute: false },
    isTextOpen: { state: true },
    isDropping: { state: true },
    textError: { state: true },
  };

  static override styles = [sharedStyles, scannerStyles];

  declare isPaused: boolean;
  declare prompt: string | undefined;
  declare isVerdictElsewhere: boolean;
  declare accepts: ((text: string) => boolean) | undefined;
  declare private isTextOpen: boolean;
  declare private isDropping: boolean;
  declare private textError: string;

  readonly #scanner = new ScannerController(
    this,
    () => this.renderRoot?.querySelector('video') ?? null,
    (scanned) => this.#report(scanned),
  );

  constructor() {
    super();
    this.isPaused = false;
    this.isVerdictElsewhere = false;
    this.isTextOpen = false;
    this.isDropping = false;
    this.textError = '';
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('isPaused')) this.#scanner.setPaused(this.isPaused);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#openCamera();
  }

  override render() {
    const { state, source } = this.#scanner;
    const isSeen = this.#isSeen && !this.isVerdictElsewhere;
    const isBlind = state.status === 'refused' || state.status === 'broken';
    const looks = [source, isSeen && 'seen', isBlind && 'blind', this.isTextOpen && 'beside'];
    return html`<section
      class="view ${looks.filter(Boolean).join(' ')}"
      aria-label=${say('scanner.label')}
      @dragover=${this.#onDragOver}
      @dragleave=${() => {
        this.isDropping = false;
      }}
      @drop=${this.#onDrop}
    >
      <video muted playsinline aria-hidden="true"></video>
      ${
        isBlind ? this.#renderRefused() : html`<div class="guide" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`
      }
      <div class="tools">${this.#renderTools()}</div>
      <p class="status" role="status">${
        this.isPaused ? say('scanner.paused') : (this.#words ?? this.prompt ?? say('scanner.looking'))
      }</p>
      ${this.isDropping ? html`<div class="drop">${say('scanner.drop')}</div>` : nothing}
    </section>
    ${this.isTextOpen ? this.#renderText() : nothing} ${this.#renderOtherWays()}`;
  }

  get #isSeen(): boolean {
    const { state } = this.#scanner;
    return state.status === 'looking' && state.hint === 'seen';
  }

  get #words(): string | undefined {
    const { state, source, hasTorch } = this.#scanner;
    const isUnsaid = this.#isSeen && this.isVerdictElsewhere;
    return wordsFor(isUnsaid ? { status: 'looking', hint: 'nothing' } : state, source, hasTorch);
  }

  #renderRefused() {
    const { state } = this.#scanner;
    const words =
      state.status !== 'refused'
        ? { text: say('scanner.broken'), next: say('scanner.broken-next') }
        : state.refusal.detail === INSECURE_CONTEXT
          ? { text: say('scanner.insecure'), next: say('scanner.insecure-next') }
          : messageFor(state.refusal.code);
    return html`<div class="refused" role="alert">
      <tandem-icon name="camera"></tandem-icon>
      <p class="what">${words.text}</p>
      <p class="next">${words.next}</p>
      <button class="button" type="button" @click=${() => void this.#scanner.useCamera()}>
        ${say('scanner.try-again')}
      </button>
    </div>`;
  }

  #renderTools() {
    const { hasTorch, isTorchOn, cameras, source } = this.#scanner;
    if (source !== 'camera') return nothing;
    return html`${
      hasTorch
        ? html`<button
          class="button icon"
          type="button"
          aria-pressed=${isTorchOn}
          aria-label=${say('scanner.torch')}
          @click=${() => void this.#scanner.toggleTorch()}
        >
          <tandem-icon name="torch"></tandem-icon>
        </button>`
        : nothing
    }${
      cameras.length > 1
        ? html`<button
          class="button icon"
          type="button"
          aria-label=${say('scanner.switch-camera')}
          @click=${() => void this.#scanner.useNextCamera()}
        >
          <tandem-icon name="camera-switch"></tandem-icon>
        </button>`
        : nothing
    }`;
  }

  #renderOtherWays() {
    const { source, state } = this.#scanner;
    const way = (key: UiMessageKey, icon: string, isPressed: boolean, act: () => void) =>
      html`<button class="way" type="button" aria-pressed=${isPressed} @click=${act}>
        <tandem-icon name=${icon}></tandem-icon><span>${say(key)}</span>
      </button>`;
    const isLive = state.status === 'looking' || state.status === 'starting';
    return html`<div class="ways" role="group" aria-label=${say('scanner.other-ways')}>
      ${way('scanner.use-camera', 'camera', isLive && source === 'camera', () => void this.#scanner.useCamera())}
      ${
        canReadScreen()
          ? way('scanner.use-screen', 'screen', isLive && source === 'screen', () => void this.#scanner.useScreen())
          : nothing
      }
      ${way('scanner.use-image', 'image', state.status === 'reading-image', () => this.#fileInput?.click())}
      ${way('scanner.use-text', 'paste', this.isTextOpen, () => void this.#toggleText())}
      <input class="file" type="file" accept="image/*" tabindex="-1" aria-hidden="true" @change=${this.#onFile} />
    </div>`;
  }

  #renderText() {
    return html`<form class="text" @submit=${this.#onText}>
      <div class="field">
        <label for="text">${say('scanner.text-label')}</label>
        <textarea
          id="text"
          rows="2"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          aria-describedby="text-error"
          @paste=${this.#onPaste}
          @input=${() => {
            this.textError = '';
          }}
        ></textarea>
        <span id="text-error" class="error" role="alert">${this.textError}</span>
      </div>
      <button class="button primary" type="submit">${say('scanner.text-submit')}</button>
    </form>`;
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #fileInput(): HTMLInputElement | null {
    return this.renderRoot.querySelector('.file');
  }

  async #toggleText(): Promise<void> {
    this.isTextOpen = !this.isTextOpen;
    this.textError = '';
    await this.updateComplete;
    this.#textarea?.focus();
    if (this.isTextOpen && this.accepts) await this.#takeClipboard(this.accepts);
  }

  /** The text is usually on the clipboard already. Where the browser or the person does not let us look, the box stands open. */
  async #takeClipboard(accepts: (text: string) => boolean): Promise<void> {
    const text = (await navigator.clipboard?.readText().catch(() => '')) ?? '';
    const isUntouched = this.isTextOpen && this.#textarea?.value === '';
    if (isUntouched && accepts(text.trim())) this.#takeText(text);
  }

  #onFile(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file may be chosen twice in a row.
    input.value = '';
    if (file) void this.#scanner.useImage(file);
  }

  #onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isDropping = true;
  }

  #onDrop(event: DragEvent): void {
    event.preventDefault();
    this.isDropping = false;
    const file = event.dataTransfer?.files[0];
    if (file) void this.#scanner.useImage(file);
  }

  /** A picture on the clipboard is as good as its text. */
  #onPaste(event: ClipboardEvent): void {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file) {
      event.preventDefault();
      void this.#scanner.useImage(file);
      return;
    }
    const text = event.clipboardData?.getData('text') ?? '';
    if (this.#textarea?.value !== '' || !this.accepts?.(text.trim())) return;
    event.preventDefault();
    this.#takeText(text);
  }

  #takeText(text: string): void {
    this.isTextOpen = false;
    this.#scanner.useText(text);
  }

  #onText(event: Event): void {
    event.preventDefault();
    const text = this.#textarea?.value.trim() ?? '';
    this.textError = text === '' ? say('scanner.text-empty') : '';
    if (text !== '') this.#scanner.useText(text);
  }

  /** At once, as soon as there is a video to show it in; also when the element comes back into a page. */
  async #openCamera(): Promise<void> {
    await this.updateComplete;
    if (this.isConnected && !this.isPaused) await this.#scanner.useCamera();
  }

  #report(detail: ScannedText): void {
    if (this.isPaused && detail.source !== 'text') return;
    this.dispatchEvent(new CustomEvent<ScannedText>('tandem-scan', { detail, bubbles: true, composed: true }));
  }
}

customElements.define('tandem-scanner', TandemScanner);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-scanner': TandemScanner;
  }
  interface HTMLElementEventMap {
    'tandem-scan': CustomEvent<ScannedText>;
  }
}
