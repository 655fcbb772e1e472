import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { addressOf } from '../app/addresses.ts';
import { noticeStyles } from '../parts/notice-styles.ts';
import { say } from '../say.ts';

const KEY = 'tandem-pos-offline-later';

/**
 * Says on the pad that the till could sell without network, until the shop has looked at it or put it off; then it waits in the
 * settings.
 */
export class PosOfflineOffer extends LitElement {
  static override properties: PropertyDeclarations = { isPutOff: { state: true } };

  static override styles = [sharedStyles, noticeStyles];

  declare private isPutOff: boolean;

  constructor() {
    super();
    this.isPutOff = localStorage.getItem(KEY) !== null;
  }

  override render() {
    if (this.isPutOff) return nothing;
    return html`<div class="notice">
      <span>${say('pad.offline-offer')}</span>
      <span>
        <button class="button text" type="button" @click=${this.#putOff}>${say('pad.offline-later')}</button>
        <a class="button" href=${addressOf('offline')}>${say('pad.offline-see')}</a>
      </span>
    </div>`;
  }

  #putOff(): void {
    localStorage.setItem(KEY, '1');
    this.isPutOff = true;
  }
}

customElements.define('pos-offline-offer', PosOfflineOffer);

declare global {
  interface HTMLElementTagNameMap {
    'pos-offline-offer': PosOfflineOffer;
  }
}
