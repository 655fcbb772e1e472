import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { TaskController } from '../../shared/browser/state/task-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { LOSS_CASES } from '../../shared/protocol/offline/loss-cases.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { sectionStyles } from '../parts/section-styles.ts';
import { offlineStyles } from './offline-styles.ts';
import { sayOffline } from './say-offline.ts';

/**
 * Who bears which loss when this till sells without network, and the shop's word on it.
 *
 * @property isOn the programme has it
 * @property hasAgreed the shop does, by this very table
 * @property claimSeconds how long after an allowance's end a payment may still come in
 * @property agree tells the centre
 */
export class PosOfflineTerms extends LitElement {
  static override properties: PropertyDeclarations = {
    isOn: { type: Boolean },
    hasAgreed: { type: Boolean },
    claimSeconds: { type: Number },
    agree: { attribute: false },
  };

  static override styles = [sharedStyles, screenStyles, sectionStyles, offlineStyles];

  declare isOn: boolean;
  declare hasAgreed: boolean;
  declare claimSeconds: number;
  declare agree: (hasAgreed: boolean) => Promise<Result<undefined>>;

  readonly #agree = new TaskController(this, (hasAgreed: boolean) => this.agree(hasAgreed));

  override render() {
    const dayCount = Math.max(1, Math.floor(this.claimSeconds / 86_400));
    const days = sayOffline(dayCount === 1 ? 'offline.days-one' : 'offline.days', { count: dayCount });
    return html`<section>
      <h2>${sayOffline('offline.terms')}</h2>
      <table class="card">
        <thead>
          <tr>
            <th scope="col">${sayOffline('offline.terms-case')}</th>
            <th scope="col">${sayOffline('offline.terms-bearer')}</th>
          </tr>
        </thead>
        <tbody>
          ${LOSS_CASES.map(
            (name) => html`<tr>
              <th scope="row">${sayOffline(`offline.case-${name}`, { days })}</th>
              <td>${sayOffline(`offline.bears-${name}`)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${this.isOn ? this.#renderChoice() : html`<p>${sayOffline('offline.never')}</p>`}
    </section>`;
  }

  #renderChoice() {
    const { state, isBusy } = this.#agree;
    const trouble = state.status === 'failed' ? messageFor(state.error.code, 'cashier') : undefined;
    return html`${this.hasAgreed ? html`<p>${sayOffline('offline.agreed')}</p>` : nothing}
      <div class=${this.hasAgreed ? '' : 'foot'}>
      <button
        class="button ${this.hasAgreed ? 'outline' : 'primary large'}"
        type="button"
        aria-busy=${isBusy}
        ?disabled=${isBusy}
        @click=${() => void this.#agree.run(!this.hasAgreed)}
      >
        ${sayOffline(this.hasAgreed ? 'offline.switch-off' : 'offline.agree')}
      </button>
      <p class="small" role="status">
        ${trouble ? `${trouble.text} ${trouble.next}` : state.status === 'done' && !this.hasAgreed ? sayOffline('offline.switched-off') : nothing}
      </p>
      </div>`;
  }
}

customElements.define('pos-offline-terms', PosOfflineTerms);

declare global {
  interface HTMLElementTagNameMap {
    'pos-offline-terms': PosOfflineTerms;
  }
}
