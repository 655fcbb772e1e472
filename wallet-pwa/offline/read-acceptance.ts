import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { parseDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import { verifyAcceptance } from '../../shared/protocol/offline/acceptance.ts';
import { verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result } from '../../shared/protocol/result.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';

/**
 * From a scanned text to the word of the very till that asked that it took this very consent.
 * Refuses `code_unreadable`, `document_malformed`, `certificate_invalid`, `signature_invalid` (another till's), `acceptance_mismatch`.
 */
export async function readAcceptance(
  text: string,
  { documents, facts, authorisationHash }: Pick<PaymentIntent, 'documents' | 'facts' | 'authorisationHash'>,
  trust: CentreTrust,
): Promise<Result<Bytes>> {
  const document = parseDocumentCode('acceptance', text);
  if (!document.ok) return document;
  const terminal = await verifyTerminalCertificate(documents.terminalCertificate, trust);
  if (!terminal.ok) return terminal;
  const { requestHash, amountMinor } = facts;
  const accepted = await verifyAcceptance(document.value, terminal.value, {
    requestHash,
    authorisationHash,
    amountMinor,
  });
  return accepted.ok ? accept(document.value) : accepted;
}
