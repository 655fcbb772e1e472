import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import { createDocumentCode } from '../../shared/protocol/codes/document-code.ts';

/** A receipt's code as text: what the code on the screen says, for pasting where receipts are checked. */
export function receiptCodeText(receipt: string): string | undefined {
  const bytes = decodeBase64url(receipt);
  return bytes && createDocumentCode('receipt', bytes);
}
