import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { sayOffline } from '../offline/offline-texts.ts';
import '../../shared/browser/scanner/tandem-scanner.ts';

/**
 * The camera for the till's answer: its signed word that it took the consent on its own.
 *
 * @property accept takes a scanned text; a refusal is said, and the camera stays open
 * @fires wallet-answer-close
 */
export class WalletAnswerScan extends LitElement {
  static override properties: PropertyDeclarations = {
    accept: { attribute: false },
    status: { state: true },
    isBusy: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: fixed;
        inset: 0;
        z-index: 6;
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        max-inline-size: 100vw;
        padding: max(var(--space-4), env(safe-area-inset-top)) var(--space-5)
          max(var(--space-4), env(safe-area-inset-bottom));
        background: var(--color-canvas);
        color: var(--color-text);
      }
      h2 {
        margin: 0;
        font-size: var(--text-l);
      }
      p {
        min-block-size: 1.5em;
        margin: 0;
        color: var(--color-not-paid-text);
      }
      tandem-scanner {
        flex: 1;
        min-block-size: 0;
      }
    `,
  ];

  declare accept: (text: string) => Promise<Result<true>>;
  declare private status: string;
  declare private isBusy: boolean;

  constructor() {
    super();
    this.status = '';
    this.isBusy = false;
  }

  override render() {
    return html`<h2>${sayOffline('answer.scan')}</h2>
      <p role="status">${this.status}</p>
      <tandem-scanner
        ?paused=${this.isBusy}
        .prompt=${sayOffline('answer.prompt')}
        .isVerdictElsewhere=${true}
        @tandem-scan=${(event: CustomEvent<ScannedText>) => void this.#take(event.detail.text)}
      ></tandem-scanner>
      <button
        class="button wide"
        type="button"
        @click=${() => this.dispatchEvent(new Event('wallet-answer-close'))}
      >
        ${sayOffline('answer.back')}
      </button>`;
  }

  async #take(text: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const taken = await this.accept(text);
      if (taken.ok) return;
      this.status = wordsOf(taken.code);
    } finally {
      this.isBusy = false;
    }
  }
}

/** Whatever else was before the camera, or the code of another payment: there is one thing to do. */
function wordsOf(code: RefusalCode): string {
  if (code !== 'storage_failed') return sayOffline('answer.wrong');
  const { text, next } = messageFor(code);
  return `${text} ${next}`;
}

customElements.define('wallet-answer-scan', WalletAnswerScan);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-answer-scan': WalletAnswerScan;
  }
}
