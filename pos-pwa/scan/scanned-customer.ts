import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import {
  type Capture,
  joinTwinCode,
  type MatchedPair,
  type TwinRules,
} from '../../shared/protocol/codes/join-twin-code.ts';
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

/**
 * What the till can say of two matching codes before it asks anyone: split codes it opens and looks into, of cross-check
 * codes it knows only that they match. Refuses what `joinTwinCode` does, `code_tampered`, `certificate_invalid` and
 * `programme_mismatch` (not a card of this programme), `pay_code_expired`.
 */
export async function readScannedCustomer(
  { pair, captures }: CompleteScan,
  rules: TwinRules,
  trust: CentreTrust,
  nowMs: number,
): Promise<Result<ScannedCustomer>> {
  const codes = [captures[0].text, captures[1].text] as const;
  const seenUntilMs = Math.min(...pair.capturedAtMs) + BOUNDS.payCodeValidSeconds * 1000;
  if (pair.mode === 'cross-check') return accept({ pair, codes, chargeableUntilMs: seenUntilMs });
  const joined = await joinTwinCode(captures, rules, async () => undefined);
  if (!joined.ok) return joined;
  const payload = decodePayCodePayload(joined.value.payload);
  if (!payload.ok) return payload;
  if (!isCertificateSerial(payload.value)) {
    const wallet = await verifyWalletCertificate(payload.value.wallet, trust);
    if (!wallet.ok) return wallet;
  }
  const claimed = peekPayCode(payload.value);
  if (!claimed) return refuse('document_malformed');
  const { capMinor, createdAtMs, validForSeconds } = claimed;
  const chargeableUntilMs = Math.min(seenUntilMs, createdAtMs + validForSeconds * 1000);
  if (nowMs >= chargeableUntilMs) return refuse('pay_code_expired');
  return accept({ pair, codes, capMinor, chargeableUntilMs });
}
