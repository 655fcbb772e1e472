import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { BoundedCache } from '../../security/bounded-cache.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { draftRevocationLists, loadRevocationVersion, signRevocationList } from './revocations.ts';

/** A till goes by its list for hours: so much older is nothing. */
const KEPT_MS = 10_000;
/** Most devices ask from where the list ends, or from the beginning. */
const KEPT_MAX = 50;

interface SignedLists {
  readonly lists: Promise<Bytes[]>;
  readonly signedAtMs: number;
}

/**
 * Anyone may ask for the lists, without a session. What was signed a moment ago is given again, as long as nothing was withdrawn
 * since: so nobody has the centre sign without end.
 */
export class SignedRevocations {
  readonly #signer: CentreSigner;
  readonly #kept = new BoundedCache<SignedLists>(KEPT_MAX);

  constructor(signer: CentreSigner) {
    this.#signer = signer;
  }

  /** `RevocationList` documents for a device that has version `since`. */
  lists({ sql, rules }: Pick<ReceiptSources, 'sql' | 'rules'>, since: number, nowMs: number): Promise<Bytes[]> {
    const version = loadRevocationVersion(sql);
    const key = `${Math.min(since, version)}..${version}`;
    const kept = this.#kept.get(key);
    if (kept && Math.abs(nowMs - kept.signedAtMs) < KEPT_MS) return kept.lists;
    const drafts = draftRevocationLists(sql, rules, since, nowMs);
    const lists = Promise.all(drafts.map((draft) => signRevocationList(draft, this.#signer)));
    this.#kept.set(key, { lists, signedAtMs: nowMs });
    // Whoever asks next tries again.
    lists.catch(() => this.#kept.set(key, { lists, signedAtMs: Number.NEGATIVE_INFINITY }));
    return lists;
  }
}
