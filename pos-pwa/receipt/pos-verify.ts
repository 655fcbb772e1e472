import { html, LitElement, type PropertyDeclarations } from 'lit';
import type { ReceiptKeys } from '../../shared/browser/verify/receipt-keys.ts';
import '../../shared/browser/verify/tandem-receipt-check.ts';
import '../parts/pos-page.ts';
import { say } from '../say.ts';

/**
 * Is the receipt that a customer shows genuine?
 *
 * @property {() => Promise<ReceiptKeys | undefined>} loadKeys
 */
export class PosVerify extends LitElement {
  static override properties: PropertyDeclarations = { loadKeys: { attribute: false } };

  declare loadKeys: () => Promise<ReceiptKeys | undefined>;

  override render() {
    return html`<pos-page .heading=${say('verify.title')}>
      <tandem-receipt-check .loadKeys=${this.loadKeys}></tandem-receipt-check>
    </pos-page>`;
  }
}

customElements.define('pos-verify', PosVerify);

declare global {
  interface HTMLElementTagNameMap {
    'pos-verify': PosVerify;
  }
}
