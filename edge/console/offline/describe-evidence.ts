import { decodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import { Authorisation } from '../../../shared/protocol/documents/authorisation.ts';
import { ClosingStatement } from '../../../shared/protocol/documents/closing-statement.ts';
import { decodeDocument, hashContent } from '../../../shared/protocol/documents/document.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import type { DoubleSpendView } from '../../ledger/offline/evidence-views.ts';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import type { Books } from '../operations/desk.ts';
import type { ConsentFacts, EvidenceFacts } from './evidence-page.tsx';

const HASH_BYTES = 32;

/** Everything about one double spending, read from the signed documents themselves. @returns undefined where there is no such one */
export async function describeEvidence({ ledger }: Books, id: number): Promise<EvidenceFacts | undefined> {
  using offline = openOfflineDesk(ledger);
  const [found, file, debts] = await Promise.all([offline.doubleSpends(), offline.evidenceFile(id), offline.debts()]);
  const row = found.find((one) => one.id === id);
  if (!row || !file) return undefined;
  const account = await ledger.accountDetails(row.accountNumber);
  if (!account) return undefined;
  const { accountNumber, allowance, contradiction, foundAtMs } = row;
  const consents = await Promise.all(
    file.consents.map((consent, index) => describeConsent(ledger, traceKeyOf(row, file, index), consent)),
  );
  return {
    id,
    accountNumber,
    accountStatus: account.status,
    allowance,
    contradiction,
    foundAtMs,
    consents: consents.filter((consent) => consent !== undefined),
    closing: describeClosing(file),
    debt: debts.find((debt) => debt.accountNumber === accountNumber),
  };
}

/** The file has the earlier payment first, where there is one. */
function traceKeyOf(
  { traceKey, againstTraceKey }: DoubleSpendView,
  { consents }: EvidenceFile,
  index: number,
): TraceKey {
  return index === consents.length - 1 ? traceKey : (againstTraceKey ?? traceKey);
}

async function describeConsent(
  ledger: Books['ledger'],
  traceKey: TraceKey,
  { authorisation }: EvidenceFile['consents'][number],
): Promise<ConsentFacts | undefined> {
  const payment = await ledger.paymentDetails(traceKey);
  const decoded = decodeDocument(Authorisation, decodeBase64url(authorisation)!);
  if (!payment || !decoded.ok) return undefined;
  const { content, contentBytes } = decoded.value;
  const { amountMinor, authorisedAtMs, counter = 0, cumulativeMinor = 0, previous } = content;
  return {
    traceKey,
    merchantNo: payment.merchantNo,
    shopName: payment.shopName,
    terminalId: payment.terminalId,
    amountMinor,
    authorisedAtMs,
    counter,
    cumulativeMinor,
    hash: encodeHex(await hashContent(Authorisation, contentBytes)),
    previous: previous ? encodeHex(previous) : '',
    settledFrom: payment.paid?.offline?.settledFrom,
  };
}

function describeClosing({ closing }: EvidenceFile): EvidenceFacts['closing'] {
  if (closing === undefined) return undefined;
  const decoded = decodeDocument(ClosingStatement, decodeBase64url(closing)!);
  if (!decoded.ok) return undefined;
  const { given, cumulativeMinor } = decoded.value.content;
  return { payments: given.length / HASH_BYTES, spentMinor: cumulativeMinor };
}
