import type { KeyStore } from '../../shared/browser/storage/key-store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { ReadySession } from '../account/account.ts';
import { createIntent } from '../payment/create-intent.ts';
import { PayFlow, type PayFlowParts } from '../payment/pay-flow.ts';
import type { Settler } from '../payment/settler.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import type { OfflinePayments } from './offline-payments.ts';

/** Longer than this the passkey dialogue is not left open: whoever went away comes back to the sheet. */
export const PASSKEY_TIMEOUT_MS = 60_000;

/** With less than this nobody finds the sensor. */
const PASSKEY_TIMEOUT_MS_MIN = 10_000;

export interface PayingParts extends Pick<PayFlowParts, 'cards' | 'lastCard' | 'rememberCard' | 'sync' | 'nowMs'> {
  readonly intents: IntentStore;
  readonly keys: KeyStore;
  readonly settler: Settler;
  readonly offline: OfflinePayments;
  readonly ready: () => ReadySession | undefined;
  readonly askPasskey: (hash: Bytes, timeoutMs: number) => Promise<Result<Bytes>>;
  /** A consent was signed and stored. */
  readonly onGiven: () => void;
}

/** A payment with everything it needs of the wallet: storage, keys, passkey, what is set aside. */
export function createPayFlow({ keys, settler, offline, ready, askPasskey, onGiven, ...parts }: PayingParts): PayFlow {
  const { nowMs } = parts;
  const mustBeReady = () => {
    const session = ready();
    if (!session) throw new Error('There is no wallet on this phone.');
    return session;
  };
  return new PayFlow({
    ...parts,
    knowledge: async () => {
      const session = ready();
      if (!session) return undefined;
      const { walletOrigin } = session.account.programme;
      return { trust: session.trust, walletOrigin, contentKeys: await keys.loadContentKeys(), nowMs: nowMs() };
    },
    createIntent: (order, card, place) => createIntent(order, card, nowMs(), mustBeReady().deviceKey, place),
    freeAllowance: (card) => offline.free(card),
    askPasskey: ({ authorisationHash, facts }) => {
      const leftMs = facts.expiresAtMs - nowMs();
      const timeoutMs = Math.max(PASSKEY_TIMEOUT_MS_MIN, Math.min(PASSKEY_TIMEOUT_MS, leftMs));
      return askPasskey(authorisationHash, timeoutMs);
    },
    handIn: (intent) => {
      settler.add(intent);
      onGiven();
    },
    readAcceptance: async (text, intent) => {
      const { readAcceptance } = await import('../offline/read-acceptance.ts');
      return readAcceptance(text, intent, mustBeReady().trust);
    },
    claimUntilMs: (intent) => offline.claimUntilMs(intent),
  });
}
