import { ApiClient } from '../../shared/browser/network/api-client.ts';
import { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import { verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import { CentreClient } from '../sale/centre-client.ts';
import { createAnswerReader } from '../sale/create-answer-reader.ts';
import { SaleStore } from '../storage/sale-store.ts';
import { TerminalStore } from '../storage/terminal-store.ts';
import { openTillDatabase, type TillDatabase } from '../storage/till-database.ts';
import { createOutbox } from './create-outbox.ts';
import { handInSale } from './hand-in.ts';

/**
 * Hands in the outbox from the service worker: with the same code, lock and disk as a window does. Nothing has to be signed for
 * it, so the till's key stays where it is. @returns how many are still to be handed in
 */
export async function flushInWorker(): Promise<number> {
  const database = openTillDatabase();
  try {
    const trust = await loadTrust(database);
    if (!trust) return 0;
    const api = new ApiClient();
    const centre = new CentreClient({ publicApi: api, api, nowMs: Date.now, key: () => undefined });
    const read = createAnswerReader({ trust: () => trust, refreshTrust: async () => undefined });
    const store = new SaleStore(database);
    const outbox = createOutbox(new OutboxStore(database), (item) =>
      handInSale({ store, centre, read, onChange: () => undefined }, item),
    );
    await outbox.hurry();
    outbox.stop();
    return outbox.progress.value.waiting;
  } finally {
    await database.close();
  }
}

async function loadTrust(database: TillDatabase) {
  const { terminal } = await new TerminalStore(database).load();
  const announcements = terminal?.programme.centreKeys.map(decodeBase64url) ?? [];
  if (!terminal || !announcements.every((bytes) => bytes !== undefined)) return undefined;
  const trust = await verifyCentreKeys(announcements, terminal.programme.programme, terminal.pinnedCentreKey);
  return trust.ok ? trust.value : undefined;
}
