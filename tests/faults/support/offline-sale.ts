import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createAcceptance } from '../../../shared/protocol/offline/acceptance.ts';
import type { AuthoriseCall, SubmitRequestCall } from '../../../shared/protocol/wire/payments.ts';
import { unwrap } from '../../support/devices.ts';
import type { EnrolledTill } from '../../support/enrol.ts';
import type { Sale } from './make-sale.ts';
import type { OfflinePhone } from './offline-phone.ts';

/** A sale that was made with no network on either side, and what each side has to hand in. */
export interface OfflineSale extends Pick<Sale, 'amountMinor' | 'accountNumber' | 'requestHash'> {
  /** The till: the consent it took alone, and its word on that. */
  readonly byTill: AuthoriseCall;
  /** The till afterwards: its own request, late, for the centre to match. */
  readonly late: SubmitRequestCall;
  /** The phone: the same, with the acceptance where it scanned it. */
  readonly byPhone: AuthoriseCall;
}

/** What the till knows of withdrawn allowances. */
export interface KnownRevocations {
  readonly version: number;
  readonly issuedAtMs: number;
}

export async function makeOfflineSale(
  till: EnrolledTill,
  phone: OfflinePhone,
  amountMinor: number,
  revocations: KnownRevocations,
): Promise<OfflineSale> {
  const { terminal } = till;
  const nowMs = Date.now();
  const { document, hash } = await terminal.createRequest(amountMinor, nowMs);
  const consent = await phone.consent(unwrap(await terminal.verify(document, nowMs)), nowMs);
  const taken = { hash: consent.hash, requestHash: hash, amountMinor: amountMinor as never };
  const acceptance = encodeBase64url(await createAcceptance(taken, revocations, Date.now(), terminal.key));
  const late = {
    request: encodeBase64url(document),
    terminalCertificate: encodeBase64url(terminal.certificate),
  };
  const call = {
    authorisation: encodeBase64url(consent.authorisation),
    assertion: encodeBase64url(consent.assertion),
    walletCertificate: encodeBase64url(consent.walletCertificate),
    ...late,
    isTillAway: true,
  };
  const { accountNumber } = phone;
  return {
    amountMinor,
    accountNumber,
    requestHash: hash,
    byTill: { ...call, acceptance },
    late,
    // Not every customer scans the till's word.
    byPhone: Math.random() < 0.5 ? { ...call, acceptance } : call,
  };
}
