import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { TwinRules } from '../../shared/protocol/codes/join-twin-code.ts';
import { TwinCollector } from '../../shared/protocol/codes/twin-collector.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { type Refusal, type Result, refuse } from '../../shared/protocol/result.ts';
import { decideScan, LOOKING, type ScanEvent, type ScanState } from './scan-state.ts';
import { type CompleteScan, readScannedCustomer, type ScannedCustomer } from './scanned-customer.ts';

export interface CustomerScanOptions {
  /** Of the programme. */
  readonly rules: TwinRules;
  readonly trust: () => CentreTrust | undefined;
  /** Fetches newer centre keys: a card may be certified by one that was not known yet. */
  readonly refreshTrust: () => Promise<unknown>;
  /** By the corrected clock. */
  readonly nowMs: () => number;
  /** By the device's own clock, as the scanner's capture times are. */
  readonly wallMs?: () => number;
}

/** One scan of a customer: takes whatever the scanner reads, until both codes of one showing were seen. */
export class CustomerScan {
  readonly state = new Store<ScanState>(LOOKING);
  readonly #options: CustomerScanOptions;
  readonly #collector: TwinCollector;
  /** Pairs that were looked into in vain, by id: they are not opened again with each frame. */
  readonly #refusedPairs = new Map<string, RefusalCode>();

  constructor(options: CustomerScanOptions) {
    this.#options = options;
    this.#collector = new TwinCollector(options.rules);
  }

  /** Pasted text may be both codes, with white space between them. */
  async take({ text, source, capturedAtMs }: ScannedText): Promise<void> {
    const { nowMs, wallMs = Date.now } = this.#options;
    const ageMs = Math.max(0, wallMs() - capturedAtMs);
    const capture = { capturedAtMs: Math.round(nowMs() - ageMs) };
    const isLive = source === 'camera' || source === 'screen';
    for (const part of source === 'text' ? text.split(/\s+/) : [text]) {
      const collected = this.#collector.add({ ...capture, text: part });
      switch (collected.status) {
        case 'half':
          this.#apply({ kind: 'half', side: collected.seen, isLive });
          break;
        case 'refused':
          this.#apply({ kind: 'refused', code: collected.code });
          break;
        case 'complete':
          await this.#finish(collected);
          break;
      }
    }
  }

  /** Call it now and then: what is not there in time is said. */
  tick(): void {
    this.#apply({ kind: 'tick' });
  }

  /** Begins anew with what is held before it now. */
  restart(): void {
    this.state.set(LOOKING);
  }

  async #finish(complete: CompleteScan): Promise<void> {
    if (this.state.value.status === 'reading' || this.state.value.status === 'done') return;
    const key = encodeHex(complete.pair.pairId);
    const known = this.#refusedPairs.get(key);
    if (known) return this.#apply({ kind: 'refused', code: known });
    this.#apply({ kind: 'complete' });
    const customer = await this.#read(complete);
    if (customer.ok) return this.#apply({ kind: 'read', customer: customer.value });
    this.#refusedPairs.set(key, customer.code);
    this.#apply({ kind: 'refused', code: customer.code });
  }

  async #read(complete: CompleteScan): Promise<Result<ScannedCustomer>> {
    const { rules, trust, refreshTrust, nowMs } = this.#options;
    const read = async () => {
      const known = trust();
      return known ? readScannedCustomer(complete, rules, known, nowMs()) : refuse('not_activated');
    };
    const first = await read();
    if (first.ok || first.code !== 'certificate_invalid') return first;
    await refreshTrust();
    const again = await read();
    return again.ok ? again : nameForeign(again);
  }

  #apply(event: ScanEvent): void {
    const { state } = this;
    state.set(decideScan(state.value, event, this.#options.nowMs()));
  }
}

/** A card that this centre's keys did not sign is a card of another centre. */
function nameForeign(refusal: Refusal): Refusal {
  return refusal.code === 'certificate_invalid' ? refuse('programme_mismatch') : refusal;
}
