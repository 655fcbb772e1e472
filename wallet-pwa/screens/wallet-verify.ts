import { html, LitElement, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { ReceiptKeys } from '../../shared/browser/verify/receipt-keys.ts';
import { saySettings } from '../settings/settings-texts.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/verify/tandem-receipt-check.ts';

/**
 * Checks any receipt, for anyone: `/verify` leads here.
 *
 * @property base the app's own path
 * @property {() => Promise<ReceiptKeys | undefined>} loadKeys
 */
export class WalletVerify extends LitElement {
  static override properties: PropertyDeclarations = {
    base: { type: String },
    loadKeys: { attribute: false },
  };

  static override styles = [sharedStyles, screenStyles];

  declare base: string;
  declare loadKeys: () => Promise<ReceiptKeys | undefined>;

  constructor() {
    super();
    new ScreenArrival(this, saySettings('verify.title'));
  }

  override render() {
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${saySettings('verify.title')}</h1>
      </header>
      <main><tandem-receipt-check .loadKeys=${this.loadKeys}></tandem-receipt-check></main>`;
  }
}

customElements.define('wallet-verify', WalletVerify);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-verify': WalletVerify;
  }
}
