import { beforeAll, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import {
  type Bytes,
  concatBytes,
  createRandomBytes,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
} from '../../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../../shared/protocol/centre-trust.ts';
import { importAccountSecret } from '../../../../shared/protocol/codes/cross-check-code.ts';
import { type Capture, type JoinedTwinCode, joinTwinCode } from '../../../../shared/protocol/codes/join-twin-code.ts';
import {
  decodePayCodePayload,
  encodePayCodePayload,
  isCertificateSerial,
  peekPayCode,
} from '../../../../shared/protocol/codes/pay-code-payload.ts';
import { createSplitCode } from '../../../../shared/protocol/codes/split-code.ts';
import {
  createShowing,
  TWIN_MODES,
  type TwinCode,
  type TwinMode,
} from '../../../../shared/protocol/codes/twin-code.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { TerminalCertificate } from '../../../../shared/protocol/documents/terminal-certificate.ts';
import { WalletCertificate } from '../../../../shared/protocol/documents/wallet-certificate.ts';
import { sha256 } from '../../../../shared/protocol/hash.ts';
import type { ProgrammeId } from '../../../../shared/protocol/identifiers.ts';
import { encodePasskeyAssertion } from '../../../../shared/protocol/passkey/passkey-assertion.ts';
import {
  type TrustedTerminal,
  type TrustedWallet,
  verifyTerminalCertificate,
  verifyWalletCertificate,
} from '../../../../shared/protocol/payment/certificates.ts';
import {
  type CreatedPayCode,
  createPayCode,
  createPayCodeShowing,
} from '../../../../shared/protocol/payment/create-pay-code.ts';
import { createTwinCapture, verifyTwinCapture } from '../../../../shared/protocol/payment/twin-capture.ts';
import { verifyPayCode } from '../../../../shared/protocol/payment/verify-pay-code.ts';
import { createSigningKey, importVerifyingKey } from '../../../../shared/protocol/signing-key.ts';
import { VECTOR_NOW_MS as NOW, VECTOR_DOCUMENTS, vectorKeys } from '../../../vectors/vector-documents.ts';

const origin = 'https://pay.example.org';
const relyingParty = { rpIdHash: await sha256(encodeUtf8('pay.example.org')), origins: [origin] };
const passkey = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const passkeyPublicKey = new Uint8Array(await crypto.subtle.exportKey('raw', passkey.publicKey)).slice(1);
const trust: CentreTrust = {
  programme: 'demo-canteen' as ProgrammeId,
  keys: new Map([[encodeHex(vectorKeys.centre.keyId), (await importVerifyingKey(vectorKeys.centre.publicKey))!]]),
};
const RULES = { windowMs: 3_000, toleranceMs: 10_000 };
const CAP = 2_500 as AmountMinor;
/** What Chromium adds to clientDataJSON at its longest. */
const SUFFIX = `,"other_keys_can_be_added_here":"${'do not compare clientDataJSON against a template. See https'.padEnd(72, ' ')}"}`;
const accountSecret = await importAccountSecret(new Uint8Array(32).fill(9));

// biome-ignore lint/suspicious/noExplicitAny: contents of several kinds are bent on purpose
function contentOf(type: string): any {
  return VECTOR_DOCUMENTS.find(({ kind }) => kind.type === type)!.content;
}

async function confirm(hash: Uint8Array, { flags = 0x05, suffix = '}' } = {}): Promise<Bytes> {
  const authenticatorData = concatBytes(relyingParty.rpIdHash, Uint8Array.of(flags, 0, 0, 0, 0));
  const clientData = `{"type":"webauthn.get","challenge":"${encodeBase64url(hash)}","origin":"${origin}","crossOrigin":false${suffix}`;
  const signed = concatBytes(authenticatorData, await sha256(encodeUtf8(clientData)));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, passkey.privateKey, signed);
  return encodePasskeyAssertion({
    authenticatorData,
    clientDataSuffix: encodeUtf8(suffix),
    signature: new Uint8Array(signature),
  });
}

describe('a pay code', () => {
  let certificate: Bytes;
  let wallet: TrustedWallet;
  let created: CreatedPayCode;
  let assertion: Bytes;

  beforeAll(async () => {
    // Issued a day before, so that a clock which is off meets the pay code's own rule.
    const issuedAtSeconds = NOW / 1000 - 86_400;
    const content = { ...contentOf(WalletCertificate.type), passkeyPublicKey, issuedAtSeconds };
    certificate = await signDocument(WalletCertificate, content, vectorKeys.centre);
    const trusted = await verifyWalletCertificate(certificate, trust);
    if (!trusted.ok) throw new Error(trusted.code);
    wallet = trusted.value;
    created = await createPayCode(wallet.content.accountToken, CAP, NOW);
    assertion = await confirm(created.hash, { suffix: SUFFIX });
  });

  function show(
    mode: TwinMode,
    {
      nowMs = NOW,
      deviceKey = vectorKeys.device,
      ...changes
    }: { nowMs?: number; deviceKey?: typeof vectorKeys.device; assertion?: Bytes; content?: Bytes } = {},
  ): Promise<TwinCode> {
    return createPayCodeShowing(
      { content: created.content, assertion, ...changes },
      {
        mode,
        nowMs,
        rhythmMs: 250,
        deviceKey,
        walletCertificate: certificate,
        certificateSerial: wallet.content.serial,
        accountSecret,
      },
    );
  }

  async function join(code: TwinCode, nowMs = NOW): Promise<JoinedTwinCode> {
    const captures: [Capture, Capture] = [
      { text: code.a, capturedAtMs: nowMs + 200 },
      { text: code.b, capturedAtMs: nowMs + 400 },
    ];
    const joined = await joinTwinCode(captures, RULES, async () => accountSecret);
    if (!joined.ok) throw new Error(joined.code);
    return joined.value;
  }

  async function verify(joined: JoinedTwinCode, chargedAtMs = NOW + 1_000) {
    const payload = decodePayCodePayload(joined.payload);
    return payload.ok ? verifyPayCode(payload.value, joined, wallet, relyingParty, chargedAtMs, RULES) : payload;
  }

  it.each(TWIN_MODES)(
    'is verified from its two codes, with the longest client data that Chromium makes: %s',
    async (mode) => {
      const verified = await verify(await join(await show(mode)));
      const { accountToken } = wallet.content;
      expect(verified).toMatchObject({
        ok: true,
        value: { hash: created.hash, capMinor: CAP, accountToken, expiresAtMs: NOW + 60_000 },
      });
    },
  );

  it('carries its certificate where there is room, and names it where there is not', async () => {
    const payloads = await Promise.all(
      TWIN_MODES.map(async (mode) => decodePayCodePayload((await join(await show(mode))).payload)),
    );
    const [split, checked] = payloads.map((payload) => (payload.ok ? payload.value : undefined));
    expect([isCertificateSerial(split!), isCertificateSerial(checked!)]).toEqual([false, true]);
    expect(checked!.wallet).toEqual(wallet.content.serial);
    expect(peekPayCode(checked!)?.accountToken).toEqual(wallet.content.accountToken);
  });

  it('is the same pay code at each showing, with a fresh pair', async () => {
    const [first, next] = [
      await join(await show('split')),
      await join(await show('split', { nowMs: NOW + 4_000 }), NOW + 4_000),
    ];
    const [one, other] = [await verify(first), await verify(next, NOW + 5_000)];
    if (!one.ok || !other.ok) throw new Error('refused');
    expect(one.value.hash).toEqual(other.value.hash);
    expect(one.value.pairId).not.toEqual(other.value.pairId);
  });

  it('cannot be shown afresh by who filmed a showing: the device key signed that pair and moment', async () => {
    const filmed = await join(await show('split'));
    const forged = await createSplitCode(filmed.payload, createShowing(NOW + 30_000, 250));
    expect(await verify(await join(forged, NOW + 30_000), NOW + 31_000)).toEqual({ ok: false, code: 'code_tampered' });
  });

  it('is refused when another device shows it', async () => {
    const showing = await show('split', { deviceKey: (await createSigningKey(false)) as typeof vectorKeys.device });
    expect(await verify(await join(showing))).toEqual({ ok: false, code: 'signature_invalid' });
  });

  it('is refused with the passkey of another consent: a higher cap needs its own', async () => {
    const higher = await createPayCode(wallet.content.accountToken, 100_000 as AmountMinor, NOW);
    expect(await verify(await join(await show('split', { content: higher.content })))).toMatchObject({
      ok: false,
      code: 'passkey_invalid',
    });
  });

  it('is refused when the passkey did not verify the person', async () => {
    const unverified = await confirm(created.hash, { flags: 0x01 });
    expect(await verify(await join(await show('split', { assertion: unverified })))).toEqual({
      ok: false,
      code: 'user_not_verified',
    });
  });

  it("is refused beside another card's certificate", async () => {
    const other = { ...wallet, content: { ...wallet.content, accountToken: createRandomBytes(16) } };
    const joined = await join(await show('split'));
    const payload = decodePayCodePayload(joined.payload);
    if (!payload.ok) throw new Error(payload.code);
    expect(await verifyPayCode(payload.value, joined, other, relyingParty, NOW, RULES)).toEqual({
      ok: false,
      code: 'certificate_invalid',
    });
  });

  it.each([
    ['at its end', 60_000, undefined],
    ['after its end', 60_001, 'pay_code_expired'],
    ['before it was made, by as much as clocks may differ', -RULES.toleranceMs, undefined],
    ['longer before it was made', -RULES.toleranceMs - 1, 'clock_off'],
  ])('charged %s: %i ms, %s', async (_, delayMs, code) => {
    const verified = await verify(await join(await show('split')), NOW + delayMs);
    expect(verified.ok ? undefined : verified.code).toBe(code);
  });

  it('is refused once its certificate is over', async () => {
    const expired = { ...wallet, content: { ...wallet.content, expiresAtSeconds: NOW / 1000 } };
    const joined = await join(await show('split'));
    const payload = decodePayCodePayload(joined.payload);
    if (!payload.ok) throw new Error(payload.code);
    expect(await verifyPayCode(payload.value, joined, expired, relyingParty, NOW, RULES)).toEqual({
      ok: false,
      code: 'certificate_expired',
    });
  });

  it('is not taken from a payload of something else', () => {
    expect(decodePayCodePayload(Uint8Array.of(1, 2, 3))).toEqual({ ok: false, code: 'code_tampered' });
    const payload = encodePayCodePayload({
      showing: createRandomBytes(9),
      assertion: createRandomBytes(9),
      wallet: createRandomBytes(8),
    });
    payload[1] = 2;
    expect(decodePayCodePayload(payload)).toEqual({ ok: false, code: 'code_tampered' });
  });
});

describe("a till's word on what it scanned", () => {
  let terminal: TrustedTerminal;
  let joined: JoinedTwinCode;
  const requestHash = new Uint8Array(32).fill(3);

  beforeAll(async () => {
    const trusted = await verifyTerminalCertificate(
      await signDocument(TerminalCertificate, contentOf(TerminalCertificate.type), vectorKeys.centre),
      trust,
    );
    if (!trusted.ok) throw new Error(trusted.code);
    terminal = trusted.value;
    const code = await createSplitCode(Uint8Array.of(1), createShowing(NOW, 250));
    const captures: [Capture, Capture] = [
      { text: code.b, capturedAtMs: NOW + 400 },
      { text: code.a, capturedAtMs: NOW + 200 },
    ];
    const result = await joinTwinCode(captures, RULES, async () => undefined);
    if (!result.ok) throw new Error(result.code);
    joined = result.value;
  });

  it('names the pair, and when A and when B was seen, whatever came first', async () => {
    const document = await createTwinCapture(requestHash, joined, NOW + 900, vectorKeys.terminal);
    const verified = await verifyTwinCapture(document, requestHash, terminal);
    const value = { pairId: joined.pairId, capturedAtMs: [NOW + 200, NOW + 400], chargedAtMs: NOW + 900, requestHash };
    expect(verified).toMatchObject({ ok: true, value });
  });

  it('is refused for another request', async () => {
    const document = await createTwinCapture(requestHash, joined, NOW + 900, vectorKeys.terminal);
    expect(await verifyTwinCapture(document, new Uint8Array(32), terminal)).toEqual({
      ok: false,
      code: 'capture_mismatch',
    });
  });

  it("is refused with another terminal's signature", async () => {
    const document = await createTwinCapture(requestHash, joined, NOW + 900, vectorKeys.device);
    expect(await verifyTwinCapture(document, requestHash, terminal)).toEqual({ ok: false, code: 'signature_invalid' });
  });

  it('is refused when it was charged before it was captured', async () => {
    const document = await createTwinCapture(requestHash, joined, NOW + 300, vectorKeys.terminal);
    expect(await verifyTwinCapture(document, requestHash, terminal)).toEqual({ ok: false, code: 'clock_off' });
  });
});
