import { type Bytes, createRandomBytes } from '../../shared/protocol/bytes.ts';
import { contentDayOf } from '../../shared/protocol/codes/content-seal.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

export interface DayKey {
  readonly day: number;
  readonly key: Bytes;
}

const KEY_BYTES = 32;
/** Devices that have not synced for longer open no code anyway; nothing is sealed with these keys for keeping. */
const DAYS_KEPT = 30;

/** Yesterday's for devices whose clock is behind, tomorrow's so that midnight needs no network. */
export function contentDaysAt(nowMs: number): readonly number[] {
  const today = contentDayOf(nowMs);
  return [today - 1, today, today + 1];
}

/**
 * The day keys around `nowMs`, made on demand. Keys are made before the write and the first write of a day wins, so two
 * calls at once get the same ones.
 */
export async function loadContentKeys(
  storage: DurableObjectStorage,
  sealingKey: CryptoKey,
  nowMs: number,
): Promise<DayKey[]> {
  const days = contentDaysAt(nowMs);
  const missing = days.filter((day) => !loadWrappedKey(storage.sql, day));
  if (missing.length > 0) {
    const made = await Promise.all(
      missing.map(async (day) => ({
        day,
        wrapped: await sealSecret(createRandomBytes(KEY_BYTES), dayLabel(day), sealingKey),
      })),
    );
    storage.transactionSync(() => {
      for (const { day, wrapped } of made)
        storage.sql.exec(
          'INSERT INTO content_keys (day, wrapped_key) VALUES (?, ?) ON CONFLICT DO NOTHING',
          day,
          wrapped,
        );
      storage.sql.exec('DELETE FROM content_keys WHERE day < ?', days[0]! - DAYS_KEPT);
    });
  }
  return Promise.all(
    days.map(async (day) => ({
      day,
      key: await openSecret(loadWrappedKey(storage.sql, day)!, dayLabel(day), sealingKey),
    })),
  );
}

function loadWrappedKey(sql: SqlStorage, day: number): Bytes | undefined {
  const [row] = sql
    .exec<{ wrapped_key: ArrayBuffer }>('SELECT wrapped_key FROM content_keys WHERE day = ?', day)
    .toArray();
  return row && new Uint8Array(row.wrapped_key);
}

function dayLabel(day: number): string {
  return `content key ${day}`;
}
