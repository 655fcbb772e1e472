import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { playSound } from '../../shared/browser/feedback/sounds.ts';
import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { isScanLink } from '../routing/read-scan.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/scanner/tandem-scanner.ts';

/**
 * The camera, over the whole height, and under it the other ways to get a code in.
 *
 * @property isPaused a payment is open over it
 * @property base the app's own path
 * @fires wallet-scanned {text}
 */
export class WalletScan extends LitElement {
  static override properties: PropertyDeclarations = {
    isPaused: { type: Boolean },
    base: { type: String },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        gap: 0;
        block-size: 100dvh;
        padding-block-end: max(var(--space-2), env(safe-area-inset-bottom));
      }
      tandem-scanner {
        flex: 1;
      }
      @media (orientation: landscape) and (max-height: 30rem) {
        :host {
          max-inline-size: 60rem;
        }
        .bar {
          min-block-size: var(--target-min);
        }
      }
    `,
  ];

  declare isPaused: boolean;
  declare base: string;

  constructor() {
    super();
    this.isPaused = false;
    new ScreenArrival(this, say('scan.title'));
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${say('scan.title')}</h1>
      </header>
      <tandem-scanner
        ?paused=${this.isPaused}
        .prompt=${say('scan.prompt')}
        .accepts=${isScanLink}
        @tandem-scan=${this.#onScan}
      ></tandem-scanner>`;
  }

  #onScan({ detail }: CustomEvent<ScannedText>): void {
    playSound('scanned');
    this.dispatchEvent(
      new CustomEvent('wallet-scanned', { detail: { text: detail.text }, bubbles: true, composed: true }),
    );
  }
}

customElements.define('wallet-scan', WalletScan);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-scan': WalletScan;
  }
  interface HTMLElementEventMap {
    'wallet-scanned': CustomEvent<{ text: string }>;
  }
}
