import type { Bytes } from '../bytes.ts';
import { decodeCbor, encodeCbor } from '../cbor.ts';
import { accept, type Result, refuse } from '../result.ts';
import { formatCodeLink, parseCodeLink } from './code-link.ts';
import { type ContentKey, openContent, sealContent } from './content-seal.ts';

/** R1.1: the sealed one-time code a till shows: its signed request and its certificate. */
const KIND_POS_CODE = 0x11;

export interface SignedRequest {
  /** COSE_Sign1 of a `PaymentRequest`. */
  readonly request: Bytes;
  /** COSE_Sign1 of the `TerminalCertificate`. */
  readonly terminalCertificate: Bytes;
}

/** @returns the link to draw as a QR code: about 700 characters, version 15 at level L */
export async function createPosCode(
  signed: SignedRequest,
  contentKey: ContentKey,
  walletOrigin: string,
): Promise<string> {
  const content = encodeCbor([signed.request, signed.terminalCertificate]);
  return formatCodeLink(walletOrigin, await sealContent(KIND_POS_CODE, content, contentKey));
}

/** Opens the seal; nothing in it is verified yet. Refuses `code_unreadable`, `content_key_unknown`, `code_tampered`. */
export async function openPosCode(text: string, contentKeys: readonly ContentKey[]): Promise<Result<SignedRequest>> {
  const payload = parseCodeLink(text);
  if (!payload.ok) return payload;
  const opened = await openContent(KIND_POS_CODE, payload.value, contentKeys);
  if (!opened.ok) return opened;
  const value = decodeCbor(opened.value);
  if (!Array.isArray(value) || value.length !== 2) return refuse('code_tampered');
  const [request, terminalCertificate] = value;
  if (!(request instanceof Uint8Array && terminalCertificate instanceof Uint8Array)) return refuse('code_tampered');
  return accept({ request: request as Bytes, terminalCertificate: terminalCertificate as Bytes });
}
