import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { createSay } from '../i18n/create-say.ts';
import { DEMO_MESSAGES_EN } from '../i18n/demo-messages-en.ts';
import type { DemoNetwork } from '../network/demo-network.ts';
import { StoreController } from '../state/store-controller.ts';
import { sharedStyles } from '../theme/shared-styles.ts';

const say = createSay(DEMO_MESSAGES_EN);

/**
 * Marks a demo, and pulls the network of this window there: the one way to see what works without one and needs no tools.
 *
 * @property network
 */
export class TandemDemoSwitch extends LitElement {
  static override properties: PropertyDeclarations = { network: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
        flex: 0 1 auto;
        min-inline-size: min-content;
      }
      button {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target-min);
        padding: 0;
        border: 0;
        border-radius: var(--radius-round);
        background: none;
        font: inherit;
        cursor: pointer;
      }
      .chip {
        gap: 0.4em;
        border: 1px dashed var(--color-mark);
        background: transparent;
        font-size: var(--text-xs);
        white-space: nowrap;
        text-align: start;
      }
      .chip::after {
        content: "";
        flex: none;
        inline-size: 0.625rem;
        block-size: 0.625rem;
        border: 2px solid currentcolor;
        border-radius: var(--radius-round);
        background: currentcolor;
      }
      .off {
        border-style: solid;
        color: var(--color-not-paid-text);
      }
      .off::after {
        background: none;
      }
      /* The words alone say it, so that the name beside it stays in one line. */
      @media (max-width: 30rem) {
        .chip {
          padding-inline: var(--space-2);
        }
        .chip::after {
          display: none;
        }
      }
      /* In two lines, so that the name beside it is not set in letters. */
      @media (max-width: 22rem) {
        .chip {
          white-space: normal;
        }
      }
      @media (hover: hover) {
        button:hover .chip {
          background: color-mix(in oklab, var(--color-text) 8%, transparent);
        }
      }
    `,
  ];

  declare network: DemoNetwork;
  #isPulled: StoreController<boolean> | undefined;

  override willUpdate(): void {
    this.#isPulled ??= new StoreController(this, this.network.isPulled);
  }

  override render() {
    const isPulled = this.network.isPulled.value;
    return html`<button type="button" title=${say('demo.note')} @click=${() => this.network.pull(!isPulled)}>
      <span class=${isPulled ? 'chip off' : 'chip'}
        ><span><span>${say('demo.name')}</span>${say(isPulled ? 'demo.network-off' : 'demo.network-on')}</span></span
      >
    </button>`;
  }
}

customElements.define('tandem-demo-switch', TandemDemoSwitch);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-demo-switch': TandemDemoSwitch;
  }
}
