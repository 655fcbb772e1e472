import { isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decodeContent, decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { PayCode, PayCodeShowing, TwinCapture } from '../../../shared/protocol/documents/pay-code.ts';
import { CHARGE_DELAY_MS_MAX, lastChargeAtMs } from '../../../shared/protocol/payment/decide-charge.ts';
import { importVerifyingKey } from '../../../shared/protocol/signing-key.ts';
import type { CertificateShelf } from '../payments/certificates.ts';
import type { PaidPayCode, RequestRecord } from '../payments/requests.ts';

/**
 * Verifies a payment by pay code again, from its documents alone: the phone signed the showing and the till what it scanned,
 * of the same pair, in time by the rules that held, and for no more than the customer consented to. The passkey is
 * `checkEvidence`'s.
 * @returns what is wrong, in words
 */
export async function checkCharge(
  shelf: CertificateShelf,
  record: RequestRecord,
  evidence: PaidPayCode,
): Promise<string[]> {
  const { traceKey, paid, amountMinor } = record;
  const payCode = decodeContent(PayCode, evidence.content);
  const showing = decodeDocument(PayCodeShowing, evidence.showing);
  const capture = decodeDocument(TwinCapture, evidence.capture);
  if (!paid || !payCode || !showing.ok || !capture.ok) return [`${traceKey}: its pay code cannot be read.`];
  const wallet = shelf.wallet(paid.walletCertificate).content;
  const faults: string[] = [];
  const expect = (isTrue: boolean, statement: string) => {
    if (!isTrue) faults.push(`${traceKey}: ${statement}.`);
  };
  const [phone, till] = await Promise.all([
    importVerifyingKey(wallet.devicePublicKey),
    importVerifyingKey(shelf.terminal(record.certificate).content.publicKey),
  ]);
  const isOfCard =
    isEqualBytes(payCode.accountToken, wallet.accountToken) &&
    isEqualBytes(showing.value.content.payCode, evidence.content) &&
    isEqualBytes(evidence.showing.slice(-paid.signature.length), paid.signature);
  expect(
    isOfCard && phone !== undefined && (await showing.value.verify(phone)),
    'the showing is not signed by its phone',
  );
  expect(till !== undefined && (await capture.value.verify(till)), 'the capture is not signed by its terminal');

  const { pairId, madeAtMs, secondMadeAtMs } = showing.value.content;
  const { capturedAtMs, secondCapturedAtMs, chargedAtMs, requestHash } = capture.value.content;
  expect(isEqualBytes(requestHash, record.hash), 'the capture is for another request');
  expect(isEqualBytes(pairId, capture.value.content.pairId), 'the capture is of another showing');
  const isInTime =
    Math.abs(madeAtMs - secondMadeAtMs) <= evidence.windowMs &&
    Math.abs(capturedAtMs - madeAtMs) <= evidence.toleranceMs &&
    Math.abs(secondCapturedAtMs - secondMadeAtMs) <= evidence.toleranceMs &&
    Math.max(capturedAtMs, secondCapturedAtMs) <= chargedAtMs;
  expect(isInTime, 'the codes were not scanned when they were shown');
  const expiresAtMs = payCode.createdAtMs + payCode.validForSeconds * 1000;
  const isFresh =
    payCode.createdAtMs <= chargedAtMs + evidence.toleranceMs &&
    chargedAtMs <= expiresAtMs &&
    paid.atMs <= lastChargeAtMs(expiresAtMs) &&
    chargedAtMs === paid.authorisedAtMs &&
    Math.abs(paid.atMs - chargedAtMs) <= CHARGE_DELAY_MS_MAX;
  expect(isFresh, 'the pay code was not charged in time');
  const isCovered = amountMinor <= payCode.capMinor && amountMinor <= evidence.stepUpMinor;
  expect(isCovered, 'the pay code does not cover the amount');
  return faults;
}
