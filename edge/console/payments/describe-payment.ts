import { encodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import { sha256 } from '../../../shared/protocol/hash.ts';
import { formatSixDigits } from '../../../shared/protocol/identifiers.ts';
import type { PaymentDetails } from '../../ledger/views/payment-details.ts';
import type { EvidenceLine, PaymentFacts } from './payment-page.tsx';

/** A payment of the books as a page to read: hashes as hex, numbers as they are printed. */
export async function describePayment(details: PaymentDetails, operatorName?: string): Promise<PaymentFacts> {
  const { batchNo, voucherNo, requestHash, paid, attempts } = details;
  return {
    ...details,
    operatorName,
    batchNo: formatSixDigits(batchNo),
    voucherNo: formatSixDigits(voucherNo),
    requestHash: encodeHex(requestHash),
    paid: paid && {
      ...paid,
      authorisationHash: encodeHex(paid.authorisationHash),
      previousHash: encodeHex(paid.previousHash),
      receipt: encodeBase64url(paid.receipt),
    },
    evidence: await listEvidence(details),
    attempts: attempts.map((attempt) => ({ ...attempt, documentHash: encodeHex(attempt.documentHash) })),
  };
}

const EVIDENCE_NAMES = {
  request: 'Request, signed by the till',
  terminalCertificate: 'Certificate of the till',
  authorisation: 'Authorisation, signed by the phone',
  showing: 'Showing of the pay code, signed by the phone',
  capture: 'What the till scanned and when, signed by it',
  assertion: 'Passkey’s signature',
  walletCertificate: 'Certificate of the wallet',
} as const;

async function listEvidence({ evidence }: PaymentDetails): Promise<EvidenceLine[]> {
  if (!evidence) return [];
  const names = Object.keys(EVIDENCE_NAMES) as (keyof typeof EVIDENCE_NAMES)[];
  const lines = names.map(async (name) => {
    const document = evidence[name];
    return document && { name: EVIDENCE_NAMES[name], hash: encodeHex(await sha256(document)), bytes: document.length };
  });
  return (await Promise.all(lines)).filter((line) => line !== undefined);
}
