import type { RevocationListContent } from '../../shared/protocol/documents/revocation-list.ts';
import type { OfflineTakings, SeenAllowance } from '../../shared/protocol/offline/decide-acceptance.ts';
import { addRevocations, type Revocations } from '../../shared/protocol/offline/revocations.ts';
import type { Sale } from '../sale/sale.ts';

/** What a till without network decides by, besides the sale and the consent. On the disk, in one piece. */
export interface OfflineState {
  readonly takings: OfflineTakings;
  /** Undefined: it has never had a list. */
  readonly revocations: Revocations | undefined;
  /** The latest time that the centre has said or signed: no earlier than this can it be now. */
  readonly centreTimeMs: number;
}

/** An allowance this till has seen; forgotten some time after its end. */
export interface KeptAllowance extends SeenAllowance {
  readonly expiresAtMs: number;
}

export const NOTHING_KNOWN: OfflineState = {
  takings: { takenMinor: 0, count: 0, syncedAtMs: 0 },
  revocations: undefined,
  centreTimeMs: 0,
};

/** Consents out of an ended allowance are refused by the time alone; a day more covers a clock that is off. */
const KEPT_AFTER_END_MS = 24 * 3600_000;

export interface CentreNews {
  /** Verified lists of withdrawn allowances, in their order. */
  readonly lists?: readonly RevocationListContent[];
  /** Times that the centre said or signed, milliseconds. */
  readonly timesMs?: readonly number[];
}

/** Adds what the centre said, whoever carried it here. @returns the very same state where nothing of it is new */
export function learnNews(state: OfflineState, { lists = [], timesMs = [] }: CentreNews): OfflineState {
  const revocations = lists.reduce<Revocations | undefined>(addRevocations, state.revocations);
  const signedAtMs = lists.map(({ issuedAtSeconds }) => issuedAtSeconds * 1000);
  const centreTimeMs = Math.max(state.centreTimeMs, ...timesMs, ...signedAtMs);
  const isNews = revocations !== state.revocations || centreTimeMs !== state.centreTimeMs;
  return isNews ? { ...state, revocations, centreTimeMs } : state;
}

export interface OfflineHoldings {
  readonly state: OfflineState;
  /** By serial in hex. */
  readonly seen: ReadonlyMap<string, KeptAllowance>;
}

/** Sales that the till took alone and that are still to be settled. */
export interface Unsettled {
  readonly now: readonly Sale[];
  /** When the list of withdrawn allowances was asked for. Undefined: no list came. */
  readonly beforeList: readonly Sale[] | undefined;
}

/**
 * The centre has answered: the till's limits begin anew. What was taken alone and is not handed in yet still counts, so that a
 * till whose outbox does not get through cannot go on for ever. Of one allowance so does what was handed in after the list was asked
 * for: it may be withdrawn for that very sale, and the guarantee pays once.
 */
export function renewLimits({ state, seen }: OfflineHoldings, unsettled: Unsettled, nowMs: number): OfflineHoldings {
  const { now: accepted, beforeList } = unsettled;
  const counted = beforeList && [
    ...new Map([...beforeList, ...accepted].map((sale) => [sale.traceKey, sale])).values(),
  ];
  const takings = { takenMinor: sumOf(accepted), count: accepted.length, syncedAtMs: nowMs };
  const kept = [...seen].filter(([, { expiresAtMs }]) => nowMs < expiresAtMs + KEPT_AFTER_END_MS);
  return {
    state: { ...state, takings },
    seen: new Map(
      kept.map(([serial, allowance]) => {
        if (!counted) return [serial, allowance];
        const takenMinor = sumOf(counted.filter((sale) => allowanceOfSale(sale) === serial));
        return [serial, { ...allowance, takenMinor }];
      }),
    ),
  };
}

function allowanceOfSale({ state }: Sale): string | undefined {
  return state.status === 'accepted' ? state.allowance : undefined;
}

function sumOf(sales: readonly Sale[]): number {
  return sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
