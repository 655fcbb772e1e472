import { isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { decodeAuthorisationPayload } from '../../shared/protocol/codes/authorisation-payload.ts';
import { joinTwinCode, type TwinRules } from '../../shared/protocol/codes/join-twin-code.ts';
import { peekTwinPayloadKind } from '../../shared/protocol/codes/twin-payload.ts';
import { Authorisation } from '../../shared/protocol/documents/authorisation.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { verifyWalletCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept } from '../../shared/protocol/result.ts';
import type { ScannedFor, ScanResult } from './scanned.ts';
import { type CompleteScan, readPayCode, type ScannedCustomer, seenUntilMs } from './scanned-customer.ts';

const NOT_CHARGEABLE_NOW: ScanResult = { ok: false, code: 'no_network', about: 'pay-code' };

export interface ReadingKnowledge {
  readonly trust: CentreTrust;
  readonly nowMs: number;
  /** A pay code is the centre's to charge: known to be out of reach, nothing of it is kept. */
  readonly isNetworkGone: boolean;
  /** Undefined where no sale was made yet. */
  readonly sale: ScannedFor | undefined;
}

/**
 * What the till can say of two matching codes before it asks anyone: split codes it opens and looks into, of cross-check
 * codes it knows only that they match. Refuses what `joinTwinCode`, `readPayCode` and `readConsent` do, and `no_network` for a
 * pay code that nobody can charge now.
 */
export async function readScannedCodes(
  complete: CompleteScan,
  rules: TwinRules,
  knowledge: ReadingKnowledge,
): Promise<ScanResult> {
  const { pair, captures } = complete;
  if (pair.mode === 'cross-check') {
    const codes = [captures[0].text, captures[1].text] as const;
    return take({ pair, codes, chargeableUntilMs: seenUntilMs(pair) }, knowledge);
  }
  const joined = await joinTwinCode(captures, rules, async () => undefined);
  if (!joined.ok) return joined;
  const { payload } = joined.value;
  if (peekTwinPayloadKind(payload) === 'authorisation') return readConsent(payload, knowledge);
  const customer = await readPayCode(complete, payload, knowledge);
  return customer.ok ? take(customer.value, knowledge) : customer;
}

function take(customer: ScannedCustomer, { isNetworkGone }: ReadingKnowledge): ScanResult {
  return isNetworkGone ? NOT_CHARGEABLE_NOW : accept({ kind: 'customer', customer });
}

/**
 * A consent that another phone could not hand in. Whether it is good the centre says; that it is for another sale, or from
 * another programme, is said here at once. Refuses `code_tampered`, `document_malformed`, `request_mismatch`, `certificate_invalid`.
 */
async function readConsent(payload: Uint8Array, { trust, sale }: ReadingKnowledge): Promise<ScanResult> {
  const consent = decodeAuthorisationPayload(payload);
  if (!consent.ok) return consent;
  const authorisation = decodeDocument(Authorisation, consent.value.authorisation);
  if (!authorisation.ok) return authorisation;
  const { requestHash, amountMinor } = authorisation.value.content;
  const isForSale = sale && isEqualBytes(requestHash, sale.requestHash) && amountMinor === sale.amountMinor;
  if (!isForSale) return { ok: false, code: 'request_mismatch', about: 'consent' };
  const wallet = await verifyWalletCertificate(consent.value.walletCertificate, trust);
  return wallet.ok ? accept({ kind: 'consent', consent: consent.value }) : wallet;
}
