import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { parseDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import type { TwinRules } from '../../shared/protocol/codes/join-twin-code.ts';
import { TwinCollector } from '../../shared/protocol/codes/twin-collector.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { refuse } from '../../shared/protocol/result.ts';
import { readScannedCodes } from './read-scanned-codes.ts';
import { readScannedReceipt } from './read-scanned-receipt.ts';
import { decideScan, LOOKING, type ScanEvent, type ScanState } from './scan-state.ts';
import type { ScannedFor, ScanRefusal, ScanResult, ScanSubject } from './scanned.ts';
import type { CompleteScan } from './scanned-customer.ts';

export interface CustomerScanOptions {
  /** Of the programme. */
  readonly rules: TwinRules;
  /** The sale on the counter, where there is one: then its receipt will do as well, and a consent to it. */
  readonly sale?: ScannedFor;
  readonly trust: () => CentreTrust | undefined;
  /** Fetches newer centre keys: a card may be certified by one that was not known yet. */
  readonly refreshTrust: () => Promise<unknown>;
  /** As far as is known: a pay code cannot be charged then. */
  readonly isNetworkGone: () => boolean;
  /** By the corrected clock. */
  readonly nowMs: () => number;
  /** By the device's own clock, as the scanner's capture times are. */
  readonly wallMs?: () => number;
}

/** One scan of a customer: takes whatever the scanner reads, until both codes of one showing were seen, or the sale's receipt. */
export class CustomerScan {
  readonly state = new Store<ScanState>(LOOKING);
  readonly #options: CustomerScanOptions;
  readonly #collector: TwinCollector;
  /** What was looked into in vain, by pair or receipt: it is not opened again with each frame. */
  readonly #refused = new Map<string, ScanRefusal>();

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
    // Held before it all the while, it would be tried with each picture.
    if (isLive && isRejected(this.state.value)) return;
    for (const part of source === 'text' ? text.split(/\s+/) : [text]) {
      const receipt = parseDocumentCode('receipt', part);
      if (receipt.ok) {
        await this.#look(part.trim(), (trust) => readScannedReceipt(receipt.value, trust, this.#options.sale));
        continue;
      }
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

  /** What was read could not be kept. The phone shows it still: it is looked for again once that has been read. */
  reject(code: RefusalCode, about?: ScanSubject): void {
    this.state.set({ status: 'problem', code, ...(about && { about }), atMs: this.#options.nowMs() });
  }

  #finish(complete: CompleteScan): Promise<void> {
    const { rules, sale, nowMs, isNetworkGone } = this.#options;
    return this.#look(encodeHex(complete.pair.pairId), (trust) =>
      readScannedCodes(complete, rules, { trust, nowMs: nowMs(), isNetworkGone: isNetworkGone(), sale }),
    );
  }

  /** Looks into what is whole now, once. @param key names it */
  async #look(key: string, read: (trust: CentreTrust) => Promise<ScanResult>): Promise<void> {
    if (this.state.value.status === 'reading' || this.state.value.status === 'done') return;
    const known = this.#refused.get(key);
    if (known && !this.#mayHaveChanged(known)) return this.#refuse(known);
    this.#apply({ kind: 'complete' });
    const result = await this.#read(read);
    if (result.ok) return this.#apply({ kind: 'read', scanned: result.value });
    this.#refused.set(key, result);
    this.#refuse(result);
  }

  /** The network is back: the same pay code will do now. */
  #mayHaveChanged({ code }: ScanRefusal): boolean {
    return code === 'no_network' && !this.#options.isNetworkGone();
  }

  async #read(read: (trust: CentreTrust) => Promise<ScanResult>): Promise<ScanResult> {
    const { trust, refreshTrust } = this.#options;
    const tryOnce = async () => {
      const known = trust();
      return known ? read(known) : refuse('not_activated');
    };
    const first = await tryOnce();
    if (first.ok || first.code !== 'certificate_invalid') return first;
    await refreshTrust();
    const again = await tryOnce();
    return again.ok ? again : nameForeign(again);
  }

  #refuse({ code, about }: ScanRefusal): void {
    this.#apply({ kind: 'refused', code, ...(about && { about }) });
  }

  #apply(event: ScanEvent): void {
    const { state } = this;
    state.set(decideScan(state.value, event, this.#options.nowMs()));
  }
}

function isRejected(state: ScanState): boolean {
  return state.status === 'problem' && state.code === 'storage_failed';
}

/** What this centre's keys did not sign is of another centre. */
function nameForeign(refusal: ScanRefusal): ScanRefusal {
  return refusal.code === 'certificate_invalid' ? { ...refusal, code: 'programme_mismatch' } : refusal;
}
