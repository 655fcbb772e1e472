import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { ProgrammeId } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { sectionStyles } from '../parts/section-styles.ts';
import type { FileHandIn } from './hand-in-file.ts';
import { offlineStyles } from './offline-styles.ts';
import { sayOffline } from './say-offline.ts';
import { parseUnsettledFile } from './unsettled-file.ts';

/** Words of this screen's own for what a file may be refused for. */
const FILE_WORDS: Partial<Record<RefusalCode, 'offline.file-broken' | 'offline.file-other'>> = {
  malformed: 'offline.file-broken',
  body_too_large: 'offline.file-broken',
  programme_mismatch: 'offline.file-other',
};

/**
 * What could not be handed in here, as a file for another till, and such a file from another till.
 *
 * @property programme
 * @property terminalId names the file
 * @property createFile all that is unsettled on this till
 * @property handIn hands a file in, and says how each payment went
 */
export class PosOfflineFiles extends LitElement {
  static override properties: PropertyDeclarations = {
    programme: { type: String },
    terminalId: { type: String },
    createFile: { attribute: false },
    handIn: { attribute: false },
    said: { state: true },
    rows: { state: true },
    total: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, sectionStyles, offlineStyles];

  declare programme: ProgrammeId;
  declare terminalId: string;
  declare createFile: () => Promise<UnsettledFile>;
  declare handIn: (file: UnsettledFile, onRow: (row: FileHandIn) => void) => Promise<void>;
  declare private said: string;
  declare private rows: readonly FileHandIn[];
  declare private total: number;

  constructor() {
    super();
    this.said = '';
    this.rows = [];
    this.total = 0;
  }

  override render() {
    const done = this.rows.length;
    const isWorking = done < this.total;
    return html`<section>
      <h2>${sayOffline('offline.files')}</h2>
      <p class="quiet">${sayOffline('offline.files-note')}</p>
      <div class="ways">
        <button class="button" type="button" @click=${() => void this.#save()}>
          <tandem-icon name="download"></tandem-icon>${sayOffline('offline.save')}
        </button>
        <button class="button" type="button" ?disabled=${isWorking} @click=${() => this.#input?.click()}>
          <tandem-icon name="paste"></tandem-icon>${sayOffline('offline.open-file')}
        </button>
        <input
          hidden
          type="file"
          accept="application/json,.json"
          aria-label=${sayOffline('offline.open-file')}
          @change=${() => void this.#open()}
        />
      </div>
      <p role="status">${isWorking ? sayOffline('offline.file-working', { done, total: this.total }) : this.said}</p>
      ${isWorking ? html`<progress max=${this.total} value=${done}></progress>` : nothing}
      ${done > 0 ? html`<ul role="list">${this.rows.map((row) => this.#renderRow(row))}</ul>` : nothing}
    </section>`;
  }

  #renderRow({ payment, refusal }: FileHandIn) {
    return html`<li>
      <span>${refusal ? messageFor(refusal, 'cashier').text : sayOffline('offline.file-paid')}</span>
      ${
        payment
          ? html`<tandem-amount .amountMinor=${payment.amountMinor} .currency=${payment.currency}></tandem-amount>
            <span class="small quiet figures">${payment.traceKey}</span>`
          : nothing
      }
    </li>`;
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  async #save(): Promise<void> {
    const file = await this.createFile();
    const count = file.calls.length;
    if (count === 0) {
      this.said = sayOffline('offline.save-none');
      return;
    }
    const address = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `tandem-unsettled-${this.terminalId}.json`;
    link.click();
    // The browser has taken hold of it by then.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.said = count === 1 ? sayOffline('offline.saved-one') : sayOffline('offline.saved', { count });
  }

  async #open(): Promise<void> {
    const chosen = this.#input?.files?.[0];
    if (!chosen) return;
    this.rows = [];
    const file = parseUnsettledFile(await chosen.text(), this.programme);
    if (this.#input) this.#input.value = '';
    if (!file.ok) {
      this.said = sayOffline(FILE_WORDS[file.code] ?? 'offline.file-broken');
      return;
    }
    const total = file.value.calls.length;
    this.said = total === 0 ? sayOffline('offline.file-empty') : '';
    this.total = total;
    await this.handIn(file.value, (row) => {
      this.rows = [...this.rows, row];
    });
    const settled = this.rows.filter(({ refusal }) => refusal === undefined).length;
    this.total = 0;
    if (total > 0) {
      const isOne = total === 1 && settled === 1;
      this.said = isOne ? sayOffline('offline.file-done-one') : sayOffline('offline.file-done', { settled, total });
    }
  }
}

customElements.define('pos-offline-files', PosOfflineFiles);

declare global {
  interface HTMLElementTagNameMap {
    'pos-offline-files': PosOfflineFiles;
  }
}
