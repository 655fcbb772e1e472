import { css, html, LitElement } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { LOSS_CASES } from '../../shared/protocol/offline/loss-cases.ts';
import { sayOffline } from '../offline/offline-texts.ts';

/** Who bears which loss: what both sides agree to (`TERMS_VERSION`). */
export class WalletLossTable extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: var(--text-s);
        line-height: 1.4;
        text-align: start;
      }
      caption {
        padding-block-end: var(--space-2);
        font-size: var(--text-l);
        font-weight: var(--weight-bold);
        text-align: start;
      }
      th,
      td {
        padding: var(--space-3) var(--space-4) var(--space-3) 0;
        border-block-start: 1px solid var(--color-line);
        font-weight: var(--weight-regular);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      thead th {
        border: 0;
        color: var(--color-text-quiet);
      }
      td {
        inline-size: 45%;
        padding-inline-end: 0;
        font-weight: var(--weight-medium);
      }
    `,
  ];

  override render() {
    return html`<table>
      <caption>
        ${sayOffline('losses.heading')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${sayOffline('losses.what')}</th>
          <th scope="col">${sayOffline('losses.who')}</th>
        </tr>
      </thead>
      <tbody>
        ${LOSS_CASES.map(
          (name) => html`<tr>
            <th scope="row">${sayOffline(`losses.${name}`)}</th>
            <td>${sayOffline(`losses.${name}-who`)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define('wallet-loss-table', WalletLossTable);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-loss-table': WalletLossTable;
  }
}
