import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import './tandem-icon.ts';

/**
 * A sheet from the bottom edge (a centred card on wide screens), on the platform's own <dialog>: focus is kept inside,
 * Escape closes it, focus goes back where it came from.
 *
 * @property isOpen
 * @property heading names the dialogue
 * @property isLocked while true neither Escape, the scrim nor the cross close it (a passkey dialogue is open)
 * @slot default what the sheet is about
 * @slot actions buttons at thumb height
 * @fires tandem-sheet-close when the person closed it; the owner sets isOpen to false
 */
export class TandemSheet extends LitElement {
  static override properties: PropertyDeclarations = {
    isOpen: { type: Boolean, attribute: 'open', reflect: true },
    heading: { type: String },
    isLocked: { type: Boolean, attribute: 'locked' },
  };

  static override styles = [
    sharedStyles,
    css`
      dialog {
        display: none;
        flex-direction: column;
        inline-size: 100%;
        max-inline-size: 34rem;
        max-block-size: 92dvh;
        margin: auto auto 0;
        padding: 0;
        border: 0;
        border-radius: var(--radius-xl) var(--radius-xl) 0 0;
        background: var(--color-raised);
        color: var(--color-text);
        box-shadow: var(--elevation-3);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        animation: sheet-enter var(--motion-enter) var(--ease-out);
      }
      dialog::backdrop {
        background: var(--color-scrim);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        padding: var(--space-4) var(--space-3) 0 var(--space-6);
      }
      h2 {
        flex: 1;
        margin: 0;
        font-size: var(--text-l);
        font-weight: var(--weight-bold);
        line-height: var(--leading-tight);
        letter-spacing: -0.01em;
      }
      /* The heading has the focus first, so that it is read out; it is nothing to press. */
      h2:focus-visible {
        outline: none;
      }
      .close.text:not(:disabled) {
        color: var(--color-text-quiet);
      }
      .body {
        padding: var(--space-2) var(--space-6) var(--space-4);
        overflow-y: auto;
      }
      footer {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        padding: var(--space-2) var(--space-6) max(var(--space-6), env(safe-area-inset-bottom));
      }
      @media (min-width: 48rem) and (min-height: 36rem) {
        dialog {
          margin: auto;
          border-radius: var(--radius-xl);
        }
      }
      @keyframes sheet-enter {
        from {
          transform: translateY(2rem);
          opacity: 0;
        }
      }
    `,
  ];

  declare isOpen: boolean;
  declare heading: string;
  declare isLocked: boolean;

  constructor() {
    super();
    this.isOpen = false;
    this.heading = '';
    this.isLocked = false;
  }

  override render() {
    return html`<dialog
      aria-labelledby="heading"
      aria-busy=${this.isLocked}
      @cancel=${this.#onCancel}
      @close=${this.#onNativeClose}
      @click=${this.#onClick}
    >
      <header>
        <h2 id="heading" tabindex="-1" autofocus>${this.heading}</h2>
        <button class="button text icon close" type="button" ?disabled=${this.isLocked} @click=${this.#askToClose}>
          <tandem-icon name="cross" label=${say('sheet.close')}></tandem-icon>
        </button>
      </header>
      <div class="body"><slot></slot></div>
      <footer><slot name="actions"></slot></footer>
    </dialog>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('isOpen')) return;
    if (this.isOpen && !this.#dialog.open) this.#dialog.showModal();
    if (!this.isOpen && this.#dialog.open) this.#dialog.close();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog') as HTMLDialogElement;
  }

  #askToClose(): void {
    if (this.isLocked) return;
    this.dispatchEvent(new CustomEvent('tandem-sheet-close', { bubbles: true, composed: true }));
  }

  #onCancel(event: Event): void {
    event.preventDefault();
    this.#askToClose();
  }

  /** Browsers close on a second Escape even when the first was refused: a locked sheet opens again at once. */
  #onNativeClose(): void {
    if (!this.isOpen) return;
    if (this.isLocked) this.#dialog.showModal();
    else this.#askToClose();
  }

  /** The scrim belongs to the dialog element itself; everything else has a child as its target. */
  #onClick(event: MouseEvent): void {
    if (event.target === this.#dialog) this.#askToClose();
  }
}

customElements.define('tandem-sheet', TandemSheet);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-sheet': TandemSheet;
  }
}
