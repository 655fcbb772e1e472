import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { addressOf } from '../app/addresses.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { say } from '../say.ts';
import { screenStyles } from './screen-styles.ts';

/**
 * The frame of the till's quiet pages: the way back, a heading, content of a readable width.
 *
 * @property heading
 * @slot default
 * @slot actions at the end of the heading's line
 */
export class PosPage extends LitElement {
  static override properties: PropertyDeclarations = { heading: { type: String } };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        display: block;
        max-inline-size: 46rem;
        margin-inline: auto;
        padding: max(var(--space-2), env(safe-area-inset-top)) var(--space-4)
          max(var(--space-10), env(safe-area-inset-bottom));
      }
      header {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: 4rem;
        background: var(--color-canvas);
      }
      h1 {
        flex: 1;
        font-size: var(--text-xl);
        font-weight: var(--weight-bold);
        letter-spacing: -0.015em;
      }
      .back {
        flex: none;
        background: transparent;
      }
      main {
        display: flex;
        flex-direction: column;
        gap: var(--space-5);
        padding-block-start: var(--space-2);
      }
      @media print {
        :host {
          max-inline-size: none;
          padding: 0;
        }
        header {
          display: none;
        }
      }
    `,
  ];

  declare heading: string;

  constructor() {
    super();
    new FocusOnArrival(this, 'h1');
  }

  override render() {
    return html`<header>
        <a class="button icon back" href=${addressOf('pad')} aria-label=${say('app.back')}>
          <tandem-icon name="back"></tandem-icon>
        </a>
        <h1 tabindex="-1">${this.heading}</h1>
        <slot name="actions"></slot>
      </header>
      <main><slot></slot></main>`;
  }
}

customElements.define('pos-page', PosPage);

declare global {
  interface HTMLElementTagNameMap {
    'pos-page': PosPage;
  }
}
