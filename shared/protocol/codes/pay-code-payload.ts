import type { Bytes } from '../bytes.ts';
import { decodeCbor, encodeCbor } from '../cbor.ts';
import { decodeContent, decodeDocument } from '../documents/document.ts';
import { PayCode, type PayCodeContent, PayCodeShowing } from '../documents/pay-code.ts';
import { accept, type Result, refuse } from '../result.ts';

/** First element of a twin code's payload: what it carries. */
const KIND_PAY_CODE = 1;
const SERIAL_BYTES = 8;

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
  return encodeCbor([KIND_PAY_CODE, showing, assertion, wallet]);
}

/** Nothing in it is verified yet. Refuses `code_tampered`. */
export function decodePayCodePayload(payload: Uint8Array): Result<PayCodePayload> {
  const value = decodeCbor(payload);
  if (!Array.isArray(value) || value.length !== 4 || value[0] !== KIND_PAY_CODE) return refuse('code_tampered');
  const [, showing, assertion, wallet] = value;
  const isWhole = [showing, assertion, wallet].every((part) => part instanceof Uint8Array);
  return isWhole ? accept({ showing, assertion, wallet } as PayCodePayload) : refuse('code_tampered');
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
