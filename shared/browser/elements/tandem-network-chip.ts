import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import './tandem-icon.ts';

/**
 * Whether there is a network, as a fact: one small quiet chip, with what still works.
 *
 * @property isOnline
 * @property note one short phrase: "Can still take up to 25.00" or "3 payments waiting"
 */
export class TandemNetworkChip extends LitElement {
  static override properties: PropertyDeclarations = {
    isOnline: { attribute: false },
    note: { type: String },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-block;
        max-inline-size: 100%;
      }
      .chip {
        --icon-size: 1.125rem;
        max-inline-size: 100%;
        white-space: normal;
      }
    `,
  ];

  declare isOnline: boolean;
  declare note: string | undefined;

  constructor() {
    super();
    this.isOnline = true;
  }

  override render() {
    return html`<span class="chip" role="status">
      <tandem-icon name=${this.isOnline ? 'online' : 'offline'}></tandem-icon>
      <span>${say(this.isOnline ? 'network.online' : 'network.offline')}${this.note ? html` · ${this.note}` : nothing}</span>
    </span>`;
  }
}

customElements.define('tandem-network-chip', TandemNetworkChip);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-network-chip': TandemNetworkChip;
  }
}
