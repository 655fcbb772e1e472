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
 * @property note what works without network, or what is being handed in
 * @property hasNote there is one, or will be: room is kept for it
 * @property operatorNo and `operatorName`: the cashier
 */
export class PosTopBar extends LitElement {
  static override properties: PropertyDeclarations = {
    shopName: { type: String },
    isDemo: { type: Boolean },
    demoNetwork: { attribute: false },
    isOnline: { type: Boolean },
    note: { type: String },
    hasNote: { type: Boolean },
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
        flex: 1 1 auto;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-inline-size: 4rem;
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
      /* Whose till this is stays to be read, whatever else there is to say: that goes into two lines first. */
      tandem-network-chip {
        flex: 0 100 auto;
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
      /* A line of its own, where the network has more to say than beside the shop's name there is room for. */
      @media (max-width: 34rem), (max-width: 64rem) and (orientation: portrait) {
        :host {
          flex-wrap: wrap;
          row-gap: 0;
        }
        .shop {
          flex-basis: 6rem;
        }
        tandem-network-chip[data-wide] {
          order: 3;
          flex-basis: 100%;
        }
      }
      @media (max-width: 34rem) {
        .shop {
          flex-basis: calc(100% - 2 * var(--target-min) - 2 * var(--space-2));
        }
        tandem-network-chip {
          order: 1;
        }
        tandem-network-chip[data-wide] {
          order: 3;
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
  declare hasNote: boolean;
  declare operatorNo: string;
  declare operatorName: string;

  override render() {
    const { shopName, isDemo, demoNetwork, isOnline, operatorNo: number, operatorName: name } = this;
    return html`<div class="shop">
        <span>${shopName}</span>
      </div>
      ${demoSwitch(isDemo, demoNetwork)}
      <tandem-network-chip .isOnline=${isOnline} .note=${this.note} ?data-wide=${this.hasNote}></tandem-network-chip>
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
