import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { createDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import { say } from '../texts.ts';
import '../../shared/browser/elements/tandem-code.ts';

/**
 * The centre's signed receipt as a code: what a shop without network needs to see, and what anyone may check.
 *
 * @property receipt the signed document
 */
export class WalletReceiptCode extends LitElement {
  static override properties: PropertyDeclarations = {
    receipt: { attribute: false },
  };

  static override styles = css`
    :host {
      display: grid;
      justify-items: center;
      gap: var(--space-2);
      inline-size: 100%;
      font-size: var(--text-l);
      font-weight: var(--weight-bold);
      text-align: center;
    }
    p {
      margin: 0;
    }
  `;

  declare receipt: Bytes;

  constructor() {
    super();
    new WakeLockController(this);
  }

  override render() {
    return html`<p>${say('receipt-code.show')}</p>
      <tandem-code
        .text=${createDocumentCode('receipt', this.receipt)}
        .label=${say('receipt-code.picture')}
      ></tandem-code>`;
  }
}

customElements.define('wallet-receipt-code', WalletReceiptCode);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-receipt-code': WalletReceiptCode;
  }
}
