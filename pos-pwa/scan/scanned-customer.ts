import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { Capture, MatchedPair } from '../../shared/protocol/codes/join-twin-code.ts';
import {
  decodePayCodePayload,
  isCertificateSerial,
  peekPayCode,
} from '../../shared/protocol/codes/pay-code-payload.ts';
import { verifyWalletCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';

/** A customer whose two codes were seen, ready to be charged. Held in memory only, until charged or too old. */
export interface ScannedCustomer {
  readonly pair: MatchedPair;
  /** The two texts as scanned, A and B. */
  readonly codes: readonly [string, string];
  /** The most they agreed to, where the till can read it. A claim, for the words on the screen: the centre decides. */
  readonly capMinor?: number;
  readonly chargeableUntilMs: number;
}

export interface CompleteScan {
  readonly pair: MatchedPair;
  /** Of A and of B. */
  readonly captures: readonly [Capture, Capture];
}

/** By what the till saw: a pay code lives no longer than this. */
export function seenUntilMs({ capturedAtMs }: MatchedPair): number {
  return Math.min(...capturedAtMs) + BOUNDS.payCodeValidSeconds * 1000;
}

/**
 * A pay code that was joined. Refuses `code_tampered`, `document_malformed`, `certificate_invalid` and `programme_mismatch`
 * (not a card of this programme), `pay_code_expired`.
 */
export async function readPayCode(
  { pair, captures }: CompleteScan,
  joined: Uint8Array,
  { trust, nowMs }: { trust: CentreTrust; nowMs: number },
): Promise<Result<ScannedCustomer>> {
  const payload = decodePayCodePayload(joined);
  if (!payload.ok) return payload;
  if (!isCertificateSerial(payload.value)) {
    const wallet = await verifyWalletCertificate(payload.value.wallet, trust);
    if (!wallet.ok) return wallet;
  }
  const claimed = peekPayCode(payload.value);
  if (!claimed) return refuse('document_malformed');
  const { capMinor, createdAtMs, validForSeconds } = claimed;
  const chargeableUntilMs = Math.min(seenUntilMs(pair), createdAtMs + validForSeconds * 1000);
  if (nowMs >= chargeableUntilMs) return refuse('pay_code_expired');
  return accept({ pair, codes: [captures[0].text, captures[1].text], capMinor, chargeableUntilMs });
}
