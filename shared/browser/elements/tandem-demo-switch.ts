import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { say } from '../i18n/say.ts';
import type { DemoNetwork } from '../network/demo-network.ts';
import { sharedStyles } from '../theme/shared-styles.ts';

/**
 * Marks a demo, and pulls the network of this window there: the one way to see what works without one and needs no tools.
 * Draws nothing where it is no demo.
 *
 * @property isDemo
 * @property network
 */
export class TandemDemoSwitch extends LitElement {
  static override properties: PropertyDeclarations = { isDemo: { type: Boolean }, network: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: contents;
      }
      button {
        flex: none;
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
        white-space: normal;
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
      @media (hover: hover) {
        button:hover .chip {
          background: color-mix(in oklab, var(--color-text) 8%, transparent);
        }
      }
    `,
  ];

  declare isDemo: boolean | undefined;
  declare network: DemoNetwork;
  #unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.network.isPulled.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  override render() {
    const isPulled = this.network.isPulled.value;
    // A window whose network is pulled may not have heard yet that this is a demo, and needs the way back.
    if (!this.isDemo && !isPulled) return nothing;
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
