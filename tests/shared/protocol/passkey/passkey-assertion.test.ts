import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, decodeHex, encodeBase64url, encodeUtf8 } from '../../../../shared/protocol/bytes.ts';
import { sha256 } from '../../../../shared/protocol/hash.ts';
import { createChallenge, PASSKEY_PURPOSES } from '../../../../shared/protocol/passkey/challenge.ts';
import { decodeDerSignature } from '../../../../shared/protocol/passkey/der-signature.ts';
import {
  createPasskeyAssertion,
  decodePasskeyAssertion,
  encodePasskeyAssertion,
  importPasskeyPublicKey,
  verifyPasskeyAssertion,
} from '../../../../shared/protocol/passkey/passkey-assertion.ts';
import { parseVector } from '../../../vectors/vector-json.ts';

const recorded = parseVector(readFileSync(resolve(import.meta.dirname, '../../../vectors/passkey.json'), 'utf8'));
const rpIdHash = await sha256(encodeUtf8(recorded.rpId));
const assertion = {
  authenticatorData: recorded.authenticatorData as Bytes,
  clientDataSuffix: recorded.clientDataSuffix as Bytes,
  signature: recorded.signature as Bytes,
};
const expected = {
  challenge: recorded.challenge as Bytes,
  origins: [recorded.origin as string],
  rpIdHash,
  publicKey: (await importPasskeyPublicKey(recorded.publicKey))!,
};

const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const challenge = await sha256(encodeUtf8('a payment'));
const origin = 'https://pay.example.org';

/** An assertion made with our own key, so that every field can be bent and signed again. */
async function sign(options: { flags?: number; suffix?: string; clientData?: string; rpId?: string } = {}) {
  const { flags = 0x05, suffix = '}', rpId = recorded.rpId } = options;
  const authenticatorData = concatBytes(await sha256(encodeUtf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 0));
  const clientData =
    options.clientData ??
    `{"type":"webauthn.get","challenge":"${encodeBase64url(challenge)}","origin":"${origin}","crossOrigin":false${suffix}`;
  const signed = concatBytes(authenticatorData, await sha256(encodeUtf8(clientData)));
  const signature = new Uint8Array(
    await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, signed),
  );
  return { authenticatorData, clientDataSuffix: encodeUtf8(suffix), signature };
}

const own = { challenge, origins: ['https://other.example', origin], rpIdHash, publicKey: pair.publicKey };

describe("a passkey's consent", () => {
  it('verifies as recorded, with members that the browser added', async () => {
    expect(await verifyPasskeyAssertion(assertion, expected)).toEqual({ ok: true, value: true });
  });

  it('survives its compact form', () => {
    expect(decodePasskeyAssertion(encodePasskeyAssertion(assertion))).toEqual(assertion);
  });

  it('is refused with any one bit turned', async () => {
    const bytes = encodePasskeyAssertion(assertion);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const turned = bytes.slice();
      turned[bit >> 3]! ^= 1 << (bit & 7);
      const decoded = decodePasskeyAssertion(turned);
      if (decoded) expect((await verifyPasskeyAssertion(decoded, expected)).ok, `bit ${bit}`).toBe(false);
    }
  });

  it("holds at any of the wallet's origins", async () => {
    expect((await verifyPasskeyAssertion(await sign(), own)).ok).toBe(true);
  });

  const clientData = (over: Record<string, unknown>) =>
    JSON.stringify({
      type: 'webauthn.get',
      challenge: encodeBase64url(challenge),
      origin,
      crossOrigin: false,
      ...over,
    });
  it.each([
    [
      'for another payment',
      { clientData: clientData({ challenge: encodeBase64url(new Uint8Array(32)) }) },
      'passkey_invalid',
    ],
    ['made at another site', { clientData: clientData({ origin: 'https://evil.example' }) }, 'passkey_invalid'],
    ['made inside a frame of another site', { clientData: clientData({ crossOrigin: true }) }, 'passkey_invalid'],
    ['that names a top origin', { suffix: ',"topOrigin":"https://evil.example"}' }, 'passkey_invalid'],
    ['whose suffix says the challenge again', { suffix: `,"challenge":"x"}` }, 'passkey_invalid'],
    ['whose client data go on after the object', { suffix: '}{"a":1}' }, 'passkey_invalid'],
    ['of a registration', { clientData: clientData({ type: 'webauthn.create' }) }, 'passkey_invalid'],
    ['for another relying party', { rpId: 'evil.example' }, 'passkey_invalid'],
    ['without user verification', { flags: 0x01 }, 'user_not_verified'],
    ['without user presence', { flags: 0x04 }, 'user_not_verified'],
    ['with a backup state but no eligibility', { flags: 0x15 }, 'passkey_invalid'],
    ['with attested credential data', { flags: 0x45 }, 'passkey_invalid'],
  ])('is refused %s', async (_what, options, code) => {
    expect(await verifyPasskeyAssertion(await sign(options), own)).toMatchObject({ ok: false, code });
  });

  it("is refused with another person's key", async () => {
    expect(await verifyPasskeyAssertion(await sign(), { ...own, publicKey: expected.publicKey })).toMatchObject({
      ok: false,
      code: 'passkey_invalid',
    });
  });

  it('can be made small only from the client data that were asked for', () => {
    const der = decodeHex('3006020101020101')!;
    const json = encodeUtf8(clientData({}));
    const response = { authenticatorData: assertion.authenticatorData, clientDataJSON: json, signature: der };
    expect(createPasskeyAssertion(response, challenge, origin)).toMatchObject({ ok: true });
    expect(createPasskeyAssertion(response, challenge, 'https://evil.example')).toMatchObject({ ok: false });
  });

  it('for one purpose is none for another', async () => {
    const serverChallenge = new Uint8Array(32).fill(9);
    const challenges = await Promise.all(
      Object.values(PASSKEY_PURPOSES).map((purpose) => createChallenge(purpose, serverChallenge)),
    );
    expect(new Set(challenges.map((bytes) => encodeBase64url(bytes))).size).toBe(challenges.length);
  });
});

describe('DER signatures', () => {
  const r = 'ff'.repeat(32);
  it('become 64 raw bytes', () => {
    const der = decodeHex(`30450220${'11'.repeat(32)}022100${r}`)!;
    expect(decodeDerSignature(der)).toEqual(decodeHex('11'.repeat(32) + r));
    expect(decodeDerSignature(decodeHex('3006020101020102')!)?.[31]).toBe(1);
  });

  it.each([
    ['nothing', ''],
    ['zero', '3006020100020101'],
    ['a negative integer', '3006020180020101'],
    ['a padded integer', '300702020001020101'],
    ['a trailing byte', '300602010102010100'],
    ['a long length form', '308106020101020101'],
    ['an indefinite length', '30800201010201010000'],
    ['a third integer', '3009020101020101020101'],
    ['a missing integer', '3003020101'],
    ['an integer longer than 32 bytes', `30260221${'11'.repeat(33)}020101`],
    ['another tag', '3006030101020101'],
  ])('are refused with %s', (_what, hex) => {
    expect(decodeDerSignature(decodeHex(hex)!)).toBeUndefined();
  });
});
