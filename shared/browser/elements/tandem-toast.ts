import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../theme/shared-styles.ts';

/** Long enough to read eight words twice and still reach for "Undo". */
const SHOWN_MS = 6000;

/**
 * One short line that something was done, with at most one thing to do about it ("Undo"). Not for outcomes of payments.
 * One toast element a page; a new message takes the place of the old. It waits while it has the pointer or the focus.
 *
 * @method show(message, actionLabel?, onAction?)
 */
export class TandemToast extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { state: true },
    actionLabel: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: fixed;
        inset-inline: var(--space-4);
        inset-block-end: max(var(--space-6), env(safe-area-inset-bottom));
        z-index: 6;
        display: flex;
        justify-content: center;
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 3.25rem;
        max-inline-size: 32rem;
        padding: var(--space-1) var(--space-2) var(--space-1) var(--space-5);
        border-radius: var(--radius-l);
        background: light-dark(#1a1e25, #f3f5f8);
        color: light-dark(#ffffff, #12151a);
        box-shadow: var(--elevation-3);
        pointer-events: auto;
        animation: toast-enter var(--motion-enter) var(--ease-out);
      }
      .message {
        padding-block: var(--space-2);
        padding-inline-end: var(--space-3);
      }
      .button.text:not(:disabled) {
        color: inherit;
        text-decoration: underline;
        text-underline-offset: 0.25em;
      }
      @keyframes toast-enter {
        from {
          transform: translateY(1rem);
          opacity: 0;
        }
      }
    `,
  ];

  declare private message: string;
  declare private actionLabel: string | undefined;

  #onAction: (() => void) | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.message = '';
  }

  show(message: string, actionLabel?: string, onAction?: () => void): void {
    this.message = message;
    this.actionLabel = actionLabel;
    this.#onAction = onAction;
    this.#hideSoon();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#hideTimer);
    super.disconnectedCallback();
  }

  override render() {
    return html`<div role="status" aria-live="polite">
      ${
        this.message
          ? html`<div
            class="toast"
            @pointerenter=${this.#hold}
            @pointerleave=${this.#hideSoon}
            @focusin=${this.#hold}
            @focusout=${this.#hideSoon}
          >
            <span class="message">${this.message}</span>
            ${
              this.actionLabel
                ? html`<button class="button text" type="button" @click=${this.#act}>${this.actionLabel}</button>`
                : nothing
            }
          </div>`
          : nothing
      }
    </div>`;
  }

  #hold(): void {
    clearTimeout(this.#hideTimer);
  }

  #hideSoon(): void {
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => this.#hide(), SHOWN_MS);
  }

  #hide(): void {
    this.message = '';
    this.#onAction = undefined;
  }

  #act(): void {
    this.#onAction?.();
    this.#hide();
  }
}

customElements.define('tandem-toast', TandemToast);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-toast': TandemToast;
  }
}
