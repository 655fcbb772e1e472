import { setTimer } from '../../shared/browser/clock/set-timer.ts';
import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { askCentre } from '../payment/ask-centre.ts';
import { handIn } from '../payment/hand-in.ts';
import { Settler, type SettlerNews, type SettlerParts } from '../payment/settler.ts';
import type { IntentStore } from '../storage/intent-store.ts';

export interface SettlingParts {
  readonly intents: IntentStore;
  readonly outbox: OutboxStore;
  readonly api: ApiClient;
  /** `AccountKeeper`, without its type: the service worker, which has no window, is checked with this file. */
  readonly account: {
    sync(): Promise<unknown>;
    /** Whether the centre has begun again, with other keys. */
    checkCentre(): Promise<boolean>;
  };
  /** Undefined without an account. */
  readonly trust: () => CentreTrust | undefined;
  readonly nowMs: () => number;
}

/** What hands in, with all it needs of the wallet. */
export function createSettler(
  { intents, outbox, api, account, trust, nowMs }: SettlingParts,
  tell: (news: SettlerNews) => void,
): Settler {
  const handInOnce: SettlerParts['handIn'] = async (intent, { isFresh, ...handInTry }) => {
    const known = trust();
    if (!known) return { kind: 'again', code: 'not_signed_in' };
    const context = { api, trust: known, nowMs: nowMs() };
    const result = await handIn(intent, handInTry, context);
    if (result.kind === 'again' && result.code === 'certificate_invalid') await account.sync();
    if (result.kind !== 'unsigned') return result;
    // A centre that has begun again refuses what it never knew: that is no word on this payment.
    if (await account.checkCentre()) return { kind: 'again', code: result.code };
    if (!isFresh) return askCentre(intent, result.code, context);
    return { kind: 'ended', event: { kind: 'refuse', code: result.code, atMs: nowMs() } };
  };
  const parts = {
    intents,
    outbox,
    handIn: handInOnce,
    random: Math.random,
    nowMs,
    elapsedMs: () => performance.now(),
    setTimer,
    locks: navigator.locks,
  };
  return new Settler(parts, tell);
}
