import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { createRandomBytes, encodeHex } from '../../../shared/protocol/bytes.ts';
import { importAccountSecret } from '../../../shared/protocol/codes/cross-check-code.ts';
import { joinTwinCode } from '../../../shared/protocol/codes/join-twin-code.ts';
import { decodePayCodePayload } from '../../../shared/protocol/codes/pay-code-payload.ts';
import type { TwinMode } from '../../../shared/protocol/codes/twin-code.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import { verifyWalletCertificate } from '../../../shared/protocol/payment/certificates.ts';
import { createPayCode } from '../../../shared/protocol/payment/create-pay-code.ts';
import { verifyPayCode } from '../../../shared/protocol/payment/verify-pay-code.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../../shared/protocol/wire/pay-codes.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { canMakeShowings, makeShowing } from '../../../wallet-pwa/pay-code/make-showing.ts';
import { createTestWallet, relyingPartyOf, unwrap } from '../../support/devices.ts';
import { createTestProgramme } from '../support/test-programme.ts';
import { samplePayCode } from './sample-pay-code.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const ORIGIN = 'https://pay.example.org';
const CAP_MINOR = 2_500 as AmountMinor;

const programme = await createTestProgramme(NOW_MS);
const phone = await createTestWallet(ORIGIN);
const accountSecret = await importAccountSecret(createRandomBytes(32));
const plain = programme.card(1, 5_000);
const certificate = await programme.centre.certifyWallet({
  accountToken: plain.accountToken,
  devicePublicKey: phone.deviceKey.publicKey,
  passkeyPublicKey: phone.authenticator.publicKey,
});
const card: Card = { ...plain, certificate, accountSecret };

/** A pay code as the phone keeps it once the person consented. */
async function confirm() {
  const { content, hash, expiresAtMs } = await createPayCode(card.accountToken, CAP_MINOR, NOW_MS);
  const response = await phone.authenticator.assertBytes(hash);
  const assertion = encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, hash, ORIGIN)));
  const kept = samplePayCode({ status: 'confirmed', assertion, confirmedAtMs: NOW_MS }, encodeHex(hash));
  return { ...kept, content, hash, expiresAtMs };
}

describe.each<TwinMode>(['split', 'cross-check'])('a showing made by this phone, %s', (mode) => {
  const settings = { ...DEFAULT_PAY_CODE_SETTINGS, mode };

  it('is what the centre takes for the cap that the person saw', async () => {
    const code = await confirm();
    const nowMs = NOW_MS + 20_000;
    const pair = await makeShowing(code, { card, settings, deviceKey: phone.deviceKey, nowMs });
    const captures = [
      { text: pair.b, capturedAtMs: nowMs + 300 },
      { text: pair.a, capturedAtMs: nowMs + 600 },
    ] as const;
    const joined = unwrap(await joinTwinCode(captures, settings, async () => accountSecret));
    const wallet = unwrap(await verifyWalletCertificate(certificate, programme.centre.trust));
    const payload = unwrap(decodePayCodePayload(joined.payload));
    const verified = await verifyPayCode(payload, joined, wallet, await relyingPartyOf(ORIGIN), nowMs + 900, settings);
    expect(unwrap(verified)).toMatchObject({ capMinor: CAP_MINOR, hash: code.hash });
  });

  it('is another pair each time, of the same length', async () => {
    const code = await confirm();
    const make = (nowMs: number) => makeShowing(code, { card, settings, deviceKey: phone.deviceKey, nowMs });
    const [first, second] = [await make(NOW_MS), await make(NOW_MS + 4_000)];
    expect(new Set([first.a, first.b, second.a, second.b]).size).toBe(4);
    expect([second.a.length, second.b.length]).toEqual([first.a.length, first.b.length]);
  });
});

describe('whether a card can make showings', () => {
  it('depends on a certificate that lasts, and on the secret only for check values', () => {
    const { certificateExpiresAtMs } = card;
    const [split, crossCheck] = (['split', 'cross-check'] as const).map((mode) => ({
      ...DEFAULT_PAY_CODE_SETTINGS,
      mode,
    }));
    expect(canMakeShowings(card, crossCheck!, certificateExpiresAtMs - 1)).toBe(true);
    expect(canMakeShowings(card, split!, certificateExpiresAtMs)).toBe(false);
    expect(canMakeShowings(plain, split!, NOW_MS)).toBe(true);
    expect(canMakeShowings(plain, crossCheck!, NOW_MS)).toBe(false);
  });

  it('keeps the secret as a key that cannot be read out', async () => {
    await expect(crypto.subtle.exportKey('raw', accountSecret)).rejects.toThrow();
  });
});
