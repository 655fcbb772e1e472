import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { demoSwitch } from '../../shared/browser/elements/demo-switch.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-network-chip.ts';
import type { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { addressOf } from '../app/addresses.ts';
import { say } from '../say.ts';

/**
 * One quiet line over the amount: which shop, which network, who is at the till, and the way to the day's payments.
 *
 * @property shopName
 * @property isDemo marks a demo programme, whose `demoNetwork` can be pulled
 * @property isOnline
 * @property note what still works without network, or what is being handed in
 * @property operatorNo and `operatorName`: the cashier
 */
export class PosTopBar extends LitElement {
  static override properties: PropertyDeclarations = {
    shopName: { type: String },
    isDemo: { type: Boolean },
    demoNetwork: { attribute: false },
    isOnline: { type: Boolean },
    note: { type: String },
    operatorNo: { type: String },
    operatorName: { type: String },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: 3.5rem;
      }
      .shop {
        flex: 1;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-inline-size: 0;
        font-weight: var(--weight-bold);
        letter-spacing: -0.01em;
      }
      .shop span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      a {
        flex: none;
      }
      .button {
        background: transparent;
      }
      .button:hover {
        background: color-mix(in oklab, var(--color-text) 8%, transparent);
      }
      .cashier {
        gap: var(--space-2);
        max-inline-size: 14rem;
        padding-inline: var(--space-3);
        border-radius: var(--radius-round);
      }
      .cashier span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      @media (max-width: 34rem) {
        :host {
          flex-wrap: wrap;
          row-gap: 0;
        }
        .shop {
          flex-basis: calc(100% - 2 * var(--target-min) - 2 * var(--space-2));
        }
        tandem-network-chip {
          order: 1;
        }
        /* A line of its own, where it has more to say. */
        tandem-network-chip[data-wide] {
          order: 3;
          flex-basis: 100%;
        }
        tandem-demo-switch {
          order: 2;
        }
        .cashier {
          inline-size: var(--target-min);
          padding: 0;
        }
        .cashier span {
          display: none;
        }
      }
    `,
  ];

  declare shopName: string;
  declare isDemo: boolean;
  declare demoNetwork: DemoNetwork;
  declare isOnline: boolean;
  declare note: string | undefined;
  declare operatorNo: string;
  declare operatorName: string;

  override render() {
    const { shopName, isDemo, demoNetwork, isOnline, operatorNo: number, operatorName: name } = this;
    return html`<div class="shop">
        <span>${shopName}</span>
      </div>
      ${demoSwitch(isDemo, demoNetwork)}
      <tandem-network-chip .isOnline=${isOnline} .note=${this.note} ?data-wide=${Boolean(this.note)}></tandem-network-chip>
      <a class="button cashier" href=${addressOf('settings')} aria-label=${say('bar.cashier', { name, number })}>
        <tandem-icon name="person"></tandem-icon><span aria-hidden="true">${name}</span>
      </a>
      <a class="button icon" href=${addressOf('payments')} aria-label=${say('bar.payments')}>
        <tandem-icon name="receipt"></tandem-icon>
      </a>`;
  }
}

customElements.define('pos-top-bar', PosTopBar);

declare global {
  interface HTMLElementTagNameMap {
    'pos-top-bar': PosTopBar;
  }
}
