import { decodeBase64url } from '../../protocol/bytes.ts';
import type { CentreTrust } from '../../protocol/centre-trust.ts';
import { parseDocumentCode } from '../../protocol/codes/document-code.ts';
import type { ReceiptContent } from '../../protocol/documents/receipt.ts';
import { verifyReceipt } from '../../protocol/payment/verify-receipt.ts';

/** What can be said of a text that is held to be a receipt. */
export type ReceiptVerdict =
  /** The centre signed exactly this. Whether it was paid the receipt says. */
  | { readonly kind: 'genuine'; readonly receipt: ReceiptContent }
  /** A receipt by its form, and this centre did not sign it: changed, made up, or of another programme. */
  | { readonly kind: 'not-genuine'; readonly isOtherProgramme: boolean }
  /** No receipt at all. */
  | { readonly kind: 'unreadable' };

/**
 * Whether the centre signed a receipt: of its code, of a link with the code behind `#`, or of the document in base64url as the API
 * gives it. Needs the centre's public keys and nothing else: no network, no account.
 */
export async function judgeReceipt(text: string, trust: CentreTrust): Promise<ReceiptVerdict> {
  const document = readReceiptText(text);
  if (!document) return { kind: 'unreadable' };
  const receipt = await verifyReceipt(document, trust);
  if (receipt.ok) return { kind: 'genuine', receipt: receipt.value };
  if (receipt.code === 'document_malformed') return { kind: 'unreadable' };
  return { kind: 'not-genuine', isOtherProgramme: receipt.code === 'programme_mismatch' };
}

/** Whether a scanned text may be a receipt's code: other codes before the camera are passed over. */
export function isReceiptText(text: string): boolean {
  return parseDocumentCode('receipt', bareText(text)).ok;
}

function readReceiptText(text: string): Uint8Array | undefined {
  const bare = bareText(text);
  const code = parseDocumentCode('receipt', bare.toUpperCase());
  return code.ok ? code.value : decodeBase64url(bare);
}

/** What stands behind `#`, where it is a link; without the blanks and line breaks that copying brings. */
function bareText(text: string): string {
  const joined = text.replace(/\s+/g, '');
  return joined.slice(joined.indexOf('#') + 1);
}
