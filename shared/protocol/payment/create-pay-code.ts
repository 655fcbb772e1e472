import type { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, createRandomBytes } from '../bytes.ts';
import { createCrossCheckCode } from '../codes/cross-check-code.ts';
import { encodePayCodePayload } from '../codes/pay-code-payload.ts';
import { createSplitCode } from '../codes/split-code.ts';
import { createShowing, type TwinCode, type TwinMode } from '../codes/twin-code.ts';
import { encodeContent, hashContent, signDocument } from '../documents/document.ts';
import { PayCode, PayCodeShowing } from '../documents/pay-code.ts';
import type { SigningKey } from '../signing-key.ts';

/** A pay code that waits for its passkey, and its hash: the challenge. */
export interface CreatedPayCode {
  /** Canonical content; there is nothing signed in it yet. */
  readonly content: Bytes;
  readonly hash: Bytes;
  readonly expiresAtMs: number;
}

/** Consents to one payment of at most `capMinor`. Call it once per "Show code"; what the passkey signs is `hash`. */
export async function createPayCode(
  accountToken: Bytes,
  capMinor: AmountMinor,
  nowMs: number,
): Promise<CreatedPayCode> {
  const validForSeconds = BOUNDS.payCodeValidSeconds;
  const nonce = createRandomBytes(BOUNDS.nonceBytes);
  const content = encodeContent(PayCode, { accountToken, capMinor, createdAtMs: nowMs, validForSeconds, nonce });
  return { content, hash: await hashContent(PayCode, content), expiresAtMs: nowMs + validForSeconds * 1000 };
}

/** What a wallet shows again and again, fresh each time. */
export interface ConfirmedPayCode {
  readonly content: Bytes;
  /** The passkey's assertion on its hash. */
  readonly assertion: Bytes;
}

export interface ShowingOptions {
  readonly mode: TwinMode;
  /** By the corrected clock. */
  readonly nowMs: number;
  readonly rhythmMs: number;
  readonly deviceKey: SigningKey;
  /** COSE_Sign1 of the card's `WalletCertificate`, and its serial. */
  readonly walletCertificate: Bytes;
  readonly certificateSerial: Bytes;
  /** Needed for cross-check. */
  readonly accountSecret?: CryptoKey;
}

/** One showing of a pay code: signs it with its moment and pair, and makes the two texts. */
export async function createPayCodeShowing(payCode: ConfirmedPayCode, options: ShowingOptions): Promise<TwinCode> {
  const showing = createShowing(options.nowMs, options.rhythmMs);
  const [madeAtMs, secondMadeAtMs] = showing.madeAtMs;
  const signed = await signDocument(
    PayCodeShowing,
    { payCode: payCode.content, pairId: showing.pairId, madeAtMs, secondMadeAtMs },
    options.deviceKey,
  );
  // The centre knows the certificate: where all stands in both codes, its serial must do.
  const wallet = options.mode === 'split' ? options.walletCertificate : options.certificateSerial;
  const payload = encodePayCodePayload({ showing: signed, assertion: payCode.assertion, wallet });
  if (options.mode === 'split') return createSplitCode(payload, showing);
  if (!options.accountSecret) throw new Error('A cross-check code needs the secret of the account.');
  return createCrossCheckCode(payload, showing, options.accountSecret);
}
