import { REFUSALS, type RefusalCode } from '../../protocol/refusals.ts';

/** What one hand-in brought. */
export type HandInResult =
  /** The centre has given its last word on it, and that is on the disk. */
  | { readonly kind: 'done' }
  /** No word that could be relied on. */
  | { readonly kind: 'again'; readonly code: RefusalCode };

/** What to do with an item after a try. */
export type OutboxStep =
  | { readonly kind: 'remove' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** It will never get through by itself: it steps aside, is shown, and holds nothing else up. */
  | { readonly kind: 'park'; readonly code: RefusalCode };

const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 5 * 60_000;
/** A refusal that could be another one next time is given this many chances before it counts as poison. */
const CHANCES = 12;

/** Codes that say something of the network or the centre, and nothing of the item. */
const NO_WORD_ON_THE_ITEM: ReadonlySet<RefusalCode> = new Set([
  'no_network',
  'unavailable',
  'internal',
  'rate_limited',
  'ledger_halted',
  'programme_missing',
  'not_signed_in',
  'storage_failed',
]);

/**
 * Exponential backoff with full jitter between half of it and all of it, so that a hundred tills that lost one network do not
 * come back in one moment.
 * @param failures how many tries have failed, the last one included; at least 1
 * @param random in [0, 1)
 */
export function retryDelayMs(failures: number, random: number): number {
  const base = Math.min(DELAY_MS_MAX, DELAY_MS_MIN * 2 ** Math.min(failures - 1, 20));
  return Math.round(base * (0.5 + random / 2));
}

/**
 * @param failures how many tries of this item have failed, this one included
 * @param random in [0, 1)
 */
export function decideStep(result: HandInResult, failures: number, random: number): OutboxStep {
  if (result.kind === 'done') return { kind: 'remove' };
  const { code } = result;
  const isOfItem = !NO_WORD_ON_THE_ITEM.has(code);
  if (isOfItem && (REFUSALS[code].isFinal || failures >= CHANCES)) return { kind: 'park', code };
  return { kind: 'retry', delayMs: retryDelayMs(failures, random) };
}

/** When this comes back, nothing else gets through either: the flush ends instead of trying a hundred more. */
export function isNetworkGone(result: HandInResult): boolean {
  return result.kind === 'again' && result.code === 'no_network';
}
