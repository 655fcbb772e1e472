import { ApiClient } from '../../shared/browser/network/api-client.ts';
import { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import { refuse } from '../../shared/protocol/result.ts';
import { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { Account } from '../account/account.ts';
import { isBegunAgain } from '../account/is-begun-again.ts';
import { rebuildTrust } from '../account/rebuild-trust.ts';
import { AccountStore } from '../storage/account-store.ts';
import { IntentStore } from '../storage/intent-store.ts';
import { openWalletDatabase } from '../storage/wallet-database.ts';
import { createSettler } from './create-settler.ts';

/**
 * Hands in the outbox from the service worker: with the same code, lock and disk as a window does. Nothing has to be signed for it,
 * so the phone's key stays where it is. @returns how many are still to be handed in
 */
export async function flushInWorker(): Promise<number> {
  const database = openWalletDatabase();
  try {
    const known = await new AccountStore(database).load();
    const trust = known && (await rebuildTrust(known.account));
    if (!known || !trust) return 0;
    const api = new ApiClient();
    const outbox = new OutboxStore(database);
    const settler = createSettler(
      {
        intents: new IntentStore(database),
        outbox,
        api,
        // A sync is for the next window; only whether it is still the same centre has to be known.
        account: { sync: async () => refuse('unavailable'), checkCentre: () => isOther(api, known.account) },
        trust: () => trust,
        nowMs: Date.now,
      },
      () => undefined,
    );
    await settler.flush();
    settler.stop();
    return (await outbox.loadAll()).filter(({ parkedFor }) => parkedFor === undefined).length;
  } finally {
    await database.close();
  }
}

async function isOther(api: ApiClient, { programme }: Account): Promise<boolean> {
  const heard = await api.call({ path: 'programme', answer: ProgrammeAnswer });
  return heard.ok && isBegunAgain(programme, heard.value);
}
