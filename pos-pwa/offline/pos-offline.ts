import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import { StoreController } from '../../shared/browser/state/store-controller.ts';
import { askPersistence } from '../../shared/browser/storage/ask-persistence.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { type AuthoriseCall, PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import type { PosServices } from '../app/pos-services.ts';
import { formatUntil } from '../parts/format-time.ts';
import '../parts/pos-page.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { sectionStyles } from '../parts/section-styles.ts';
import { say } from '../say.ts';
import { currencyOf } from '../till/currency-of.ts';
import type { Terminal } from '../till/terminal.ts';
import { hasAgreed } from './describe-offline.ts';
import { type FileHandIn, handInFile } from './hand-in-file.ts';
import './pos-offline-files.ts';
import './pos-offline-terms.ts';
import { offlineStyles } from './offline-styles.ts';
import { sayOffline } from './say-offline.ts';

/**
 * Selling without network: what this till may still take, what it has not handed in yet, who bears which loss, and the ways on
 * for a till that cannot go online any more.
 *
 * @property services
 */
export class PosOffline extends LitElement {
  static override properties: PropertyDeclarations = {
    services: { attribute: false },
    isKept: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, sectionStyles, offlineStyles];

  declare services: PosServices;
  declare private isKept: boolean | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { offline, till } = this.services;
    new StoreController(this, offline.view);
    new StoreController(this, till.phase);
    void this.#readKept();
  }

  override render() {
    const { till, offline } = this.services;
    const { terminal } = till;
    if (!terminal) return nothing;
    const { programme } = terminal.record;
    const isOn = programme.offline.isOn;
    return html`<pos-page .heading=${sayOffline('offline.title')}>
      <p>${sayOffline('offline.intro')}</p>
      ${isOn && hasAgreed(terminal) ? this.#renderRoom(terminal) : nothing} ${this.#renderUnsettled(terminal)}
      <pos-offline-terms
        .isOn=${isOn}
        .hasAgreed=${hasAgreed(terminal)}
        .claimSeconds=${programme.offline.claimSeconds}
        .agree=${(isAgreed: boolean) => this.#agree(isAgreed)}
      ></pos-offline-terms>
      ${this.#renderKept()}
      <pos-offline-files
        .programme=${programme.programme}
        .terminalId=${terminal.certificate.content.terminalId}
        .createFile=${async () => (await offline.load()).createFile(programme.programme)}
        .handIn=${(file: UnsettledFile, onRow: (row: FileHandIn) => void) => this.#handIn(terminal, file, onRow)}
      ></pos-offline-files>
    </pos-page>`;
  }

  #renderRoom(terminal: Terminal) {
    const { room } = this.services.offline.view.value;
    const currency = currencyOf(terminal);
    const each = formatAmount(terminal.record.programme.offline.tillPerAllowanceMinor, currency);
    if (!room) return nothing;
    return html`<section>
      <h2>${sayOffline('offline.room')}</h2>
      <div class="card">
        <tandem-amount size="large" .amountMinor=${room.leftMinor} .currency=${currency}></tandem-amount>
        <p>
          ${
            room.leftMinor > 0
              ? sayOffline('offline.room-until', { time: formatUntil(room.untilMs, this.services.till.clock.nowMs()) })
              : sayOffline('offline.room-none')
          }
        </p>
      </div>
      <p class="small quiet">${sayOffline('offline.room-note', { each })}</p>
    </section>`;
  }

  #renderUnsettled(terminal: Terminal) {
    const { unsettled, handingIn } = this.services.offline.view.value;
    const { count } = unsettled;
    const amount = formatAmount(unsettled.amountMinor, currencyOf(terminal));
    return html`<section>
      <h2>${sayOffline('offline.unsettled')}</h2>
      <p role="status">
        ${
          count === 0
            ? sayOffline('offline.unsettled-none')
            : say(count === 1 ? 'settings.unsettled-one' : 'settings.unsettled', { count, amount })
        }
      </p>
      ${handingIn ? html`<p class="small">${say('bar.handing-in', handingIn)}</p>` : nothing}
    </section>`;
  }

  #renderKept() {
    if (this.isKept === undefined) return nothing;
    return html`<section>
      <h2>${sayOffline('offline.kept')}</h2>
      <p>${sayOffline(this.isKept ? 'offline.kept-yes' : 'offline.kept-no')}</p>
      ${
        this.isKept
          ? nothing
          : html`<button class="button" type="button" @click=${() => void this.#askKept()}>
            ${sayOffline('offline.kept-ask')}
          </button>`
      }
    </section>`;
  }

  /** Whoever sells without network keeps money on this device: then the browser is asked not to clear it. */
  async #agree(isAgreed: boolean): Promise<Result<undefined>> {
    if (isAgreed) void this.#askKept();
    return (await this.services.offline.load()).agree(isAgreed);
  }

  async #askKept(): Promise<void> {
    this.isKept = (await askPersistence()).isPersistent;
  }

  async #readKept(): Promise<void> {
    this.isKept = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
  }

  #handIn({ trust }: Terminal, file: UnsettledFile, onRow: (row: FileHandIn) => void): Promise<void> {
    const { till, desk } = this.services;
    const authorise = (body: AuthoriseCall) =>
      till.publicApi.call({ path: 'authorisations', body, answer: PaymentAnswer });
    return handInFile({ trust, authorise, hear: (answer) => desk.hear(answer) }, file, onRow);
  }
}

customElements.define('pos-offline', PosOffline);

declare global {
  interface HTMLElementTagNameMap {
    'pos-offline': PosOffline;
  }
}
