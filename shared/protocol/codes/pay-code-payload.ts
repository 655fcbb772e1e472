import type { Bytes } from '../bytes.ts';
import { decodeContent, decodeDocument } from '../documents/document.ts';
import { SERIAL_BYTES } from '../documents/fields.ts';
import { PayCode, type PayCodeContent, PayCodeShowing } from '../documents/pay-code.ts';
import { accept, type Result } from '../result.ts';
import { decodeTwinPayload, encodeTwinPayload } from './twin-payload.ts';

/** What a twin code of a pay code carries. */
export interface PayCodePayload {
  /** COSE_Sign1 of a `PayCodeShowing`. */
  readonly showing: Bytes;
  /** The passkey's assertion on the pay code's hash. */
  readonly assertion: Bytes;
  /** COSE_Sign1 of the `WalletCertificate`, or its serial (8 bytes) where the room is short. */
  readonly wallet: Bytes;
}

export function encodePayCodePayload({ showing, assertion, wallet }: PayCodePayload): Bytes {
  return encodeTwinPayload('pay-code', [showing, assertion, wallet]);
}

/** Nothing in it is verified yet. Refuses `code_tampered`. */
export function decodePayCodePayload(payload: Uint8Array): Result<PayCodePayload> {
  const parts = decodeTwinPayload('pay-code', payload);
  if (!parts.ok) return parts;
  const [showing, assertion, wallet] = parts.value;
  return accept({ showing, assertion, wallet });
}

/** Whether the payload names its certificate rather than carrying it. */
export function isCertificateSerial({ wallet }: PayCodePayload): boolean {
  return wallet.length === SERIAL_BYTES;
}

/** What the pay code of a payload claims, unproven: finds the account of a cross-check code. */
export function peekPayCode({ showing }: PayCodePayload): PayCodeContent | undefined {
  const decoded = decodeDocument(PayCodeShowing, showing);
  return decoded.ok ? decodeContent(PayCode, decoded.value.content.payCode) : undefined;
}
