import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import './tandem-icon.ts';

/**
 * Offers a new version, and never takes it by itself: a till must not reload in the middle of a payment.
 *
 * @property isReady a new version is waiting
 * @property isHeld a payment runs: the button is away and the line says that it waits
 * @fires tandem-update-accept the person wants it now
 * @fires tandem-update-dismiss ask again at the next start
 */
export class TandemUpdatePrompt extends LitElement {
  static override properties: PropertyDeclarations = {
    isReady: { type: Boolean, attribute: 'ready' },
    isHeld: { type: Boolean, attribute: 'held' },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      .prompt {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-raised);
        box-shadow: var(--elevation-2);
      }
      .words {
        flex: 1 1 14rem;
        padding-block: var(--space-2);
      }
      .buttons {
        display: flex;
        gap: var(--space-2);
      }
    `,
  ];

  declare isReady: boolean;
  declare isHeld: boolean;

  constructor() {
    super();
    this.isReady = false;
    this.isHeld = false;
  }

  override render() {
    if (!this.isReady) return nothing;
    return html`<div class="prompt" role="status">
      <tandem-icon name="download"></tandem-icon>
      <span class="words">${say(this.isHeld ? 'update.waiting' : 'update.ready')}</span>
      ${
        this.isHeld
          ? nothing
          : html`<span class="buttons">
            <button class="button text" type="button" @click=${() => this.#fire('tandem-update-dismiss')}>
              ${say('update.later')}
            </button>
            <button class="button primary" type="button" @click=${() => this.#fire('tandem-update-accept')}>
              ${say('update.now')}
            </button>
          </span>`
      }
    </div>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('tandem-update-prompt', TandemUpdatePrompt);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-update-prompt': TandemUpdatePrompt;
  }
}
