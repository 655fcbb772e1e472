import { type Bytes, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { dropDeviceSessions } from './sessions.ts';
import { revokeDeviceCertificates } from './wallet-certificates.ts';

/** Phones and browsers a customer may pay from. Clearing a browser's data makes a new one, so the oldest gives way. */
const DEVICES_MAX = 10;

/**
 * Binds a device key to a customer; the same key again changes nothing. Past the limit the oldest device is signed out
 * and its certificates are withdrawn.
 * @returns the devices that had to give way, by their keys; undefined when the key is another customer's
 */
export function bindDevice(sql: SqlStorage, publicKey: Bytes, customerId: Bytes, nowMs: number): Bytes[] | undefined {
  const [known] = sql
    .exec<{ customer_id: ArrayBuffer }>('SELECT customer_id FROM devices WHERE public_key = ?', publicKey)
    .toArray();
  if (known && !isEqualBytes(new Uint8Array(known.customer_id), customerId)) return undefined;
  // One that had to give way comes back as the newest.
  sql.exec(
    `INSERT INTO devices (public_key, customer_id, created_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (public_key) DO UPDATE SET created_at_ms = excluded.created_at_ms, removed_at_ms = NULL
       WHERE removed_at_ms IS NOT NULL`,
    publicKey,
    customerId,
    nowMs,
  );
  const surplus = sql
    .exec<{ public_key: ArrayBuffer }>(
      `SELECT public_key FROM devices WHERE customer_id = ? AND removed_at_ms IS NULL
       ORDER BY created_at_ms DESC LIMIT -1 OFFSET ?`,
      customerId,
      DEVICES_MAX,
    )
    .toArray()
    .map(({ public_key }) => new Uint8Array(public_key));
  for (const removed of surplus) removeDevice(sql, removed, nowMs);
  return surplus;
}

function removeDevice(sql: SqlStorage, publicKey: Bytes, nowMs: number): void {
  sql.exec('UPDATE devices SET removed_at_ms = ? WHERE public_key = ?', nowMs, publicKey);
  revokeDeviceCertificates(sql, publicKey, nowMs);
  dropDeviceSessions(sql, publicKey);
}
