import * as v from 'valibot';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { decodeDocument, hashContent } from '../../shared/protocol/documents/document.ts';
import { PaymentRequest } from '../../shared/protocol/documents/request.ts';
import { formatTraceKey, type ProgrammeId, type TraceKey } from '../../shared/protocol/identifiers.ts';
import { verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { AuthoriseCall } from '../../shared/protocol/wire/payments.ts';
import { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import { createAuthoriseCall } from '../sale/create-authorise-call.ts';
import type { Sale } from '../sale/sale.ts';

/** Ten thousand payments are about 25 MB. */
const FILE_CHARS_MAX = 64 * 1024 * 1024;

export function encodeUnsettledFile(programme: ProgrammeId, sales: readonly Sale[]): UnsettledFile {
  const calls = sales.map(createAuthoriseCall).filter((call) => call !== undefined);
  return { format: 'tandem-unsettled/1', programme, calls };
}

/** Reads a file that came from anywhere. Refuses `body_too_large`, `malformed`, `programme_mismatch`. */
export function parseUnsettledFile(text: string, programme: ProgrammeId): Result<UnsettledFile> {
  if (text.length > FILE_CHARS_MAX) return refuse('body_too_large');
  const file = v.safeParse(UnsettledFile, parseJson(text));
  if (!file.success) return refuse('malformed');
  return file.output.programme === programme ? accept(file.output) : refuse('programme_mismatch');
}

/** One payment of a file, as its own signed documents name it. */
export interface UnsettledPayment {
  readonly traceKey: TraceKey;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly requestHash: Uint8Array;
}

/** Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`, `signature_invalid`: then there is nothing to hand in. */
export async function readUnsettledCall(call: AuthoriseCall, trust: CentreTrust): Promise<Result<UnsettledPayment>> {
  const certificate = decodeBase64url(call.terminalCertificate);
  const request = decodeBase64url(call.request);
  if (!certificate || !request) return refuse('document_malformed');
  const terminal = await verifyTerminalCertificate(certificate, trust);
  if (!terminal.ok) return terminal;
  const decoded = decodeDocument(PaymentRequest, request);
  if (!decoded.ok) return decoded;
  if (!(await decoded.value.verify(terminal.value.key))) return refuse('signature_invalid');
  const { batchNo, voucherNo, amountMinor } = decoded.value.content;
  const { terminalId, currency: code, exponent } = terminal.value.content;
  return accept({
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    amountMinor,
    currency: { code, exponent },
    requestHash: await hashContent(PaymentRequest, decoded.value.contentBytes),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
