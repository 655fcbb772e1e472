import { isEqualBytes } from '../../shared/protocol/bytes.ts';
import { parseDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import { Acceptance } from '../../shared/protocol/documents/acceptance.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';

/** The consent that a till's answer is about; nothing in the answer is verified by this. */
export function findAccepted(text: string, signed: readonly PaymentIntent[]): PaymentIntent | undefined {
  const document = parseDocumentCode('acceptance', text);
  const decoded = document.ok ? decodeDocument(Acceptance, document.value) : document;
  if (!decoded.ok) return undefined;
  const { authorisationHash } = decoded.value.content;
  return signed.find((intent) => isEqualBytes(intent.authorisationHash, authorisationHash));
}
