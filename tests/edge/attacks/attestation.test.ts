import { env } from 'cloudflare:workers';
import { encode } from 'cborg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { originsOf } from '../../../edge/security/origins.ts';
import { verifyRegistration } from '../../../edge/security/passkeys.ts';
import { encodeBase64url, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import { createChallenge, PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { origin } from '../support/test-app.ts';

const ceremony = { purpose: PASSKEY_PURPOSES.walletRegistration, challenge: new Uint8Array(32) };

/**
 * What an attacker registers with: an `android-key` attestation by certificates of their own making. The signed one names
 * http://localhost:9/revoked as its list of revoked certificates, and is made for the challenge above.
 */
const CREDENTIAL_ID = 'U9b8ICbe86tuBur8_nLe2j002Z8HVbCJMtSx3P-IQqQ';
const ATTESTATION_OBJECT =
  'o2NmbXRrYW5kcm9pZC1rZXlnYXR0U3RtdKNjYWxnJmNzaWdYRgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABjeDVjglkBjDCCAYgwggEvoAMCAQICAQIwCgYIKoZIzj0EAwIwFDESMBAG' +
  'A1UEAxMJZXZpbCByb290MCAXDTI2MDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDEwRsZWFmMFkwEwYHKoZI' +
  'zj0CAQYIKoZIzj0DAQcDQgAEgYLxWlwwW7JhKlFJXCjVKZD4LuPgm08KeaHtYKX61wgMwTeucufPwm9lS0XLM4FZ7YiYe4bMXpzz' +
  'DyAb3DjpgaN1MHMwRAYKKwYBBAHWeQIBEQQ2MDQCAQMKAQACAQAKAQAEICXG-xyhrPfo13BZ1I-7FNKYPpTdr0_fXvSNrmttGt1g' +
  'BAAwADAAMCsGA1UdHwQkMCIwIKAeoByGGmh0dHA6Ly9sb2NhbGhvc3Q6OS9yZXZva2VkMAoGCCqGSM49BAMCA0cAMEQCIDC2byVk' +
  'sStOVy-SnfoSvoDffG8oPbfHKTnECLlk9XbdAiB4Ac7QQ9ELGABUOtk3i4eOmcjE8hSGIIKd0GtsUD4vmlkBUTCCAU0wgfSgAwIB' +
  'AgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDEwlldmlsIHJvb3QwIBcNMjYwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBQx' +
  'EjAQBgNVBAMTCWV2aWwgcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNY3iUpD5thjbOEnOEVKXodoVLBpyeOl9-6Ckidq' +
  'hurEqKiyUJSbsa150WSbXvLHeaVByQZIS7kcaoYxCSsfozKjNTAzMBIGA1UdEwEB_wQIMAYBAf8CAQIwHQYDVR0OBBYEFKtO2LFV' +
  'r6FJ2EXaxpTqtzkah6PCMAoGCCqGSM49BAMCA0gAMEUCIQD-VBjuvynZi_Z5H4sUXVlWKAc8pX2pqdjJyccpEtpyaAIgFPciRvYf' +
  '3Y_j3__N_J5PEG0q9c3swcpwJZgOC7u8a8hoYXV0aERhdGFYpEmWDeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAACBT1vwgJt7zq24G6vz-ct7aPTTZnwdVsIky1LHc_4hCpKUBAgMmIAEhWCCBgvFaXDBbsmEqUUlcKNUp' +
  'kPgu4-CbTwp5oe1gpfrXCCJYIAzBN65y58_Cb2VLRcszgVntiJh7hsxenPMPIBvcOOmB';

afterEach(() => vi.restoreAllMocks());

async function registerWith(id: string, attestationObject: string) {
  const challenge = encodeBase64url(await createChallenge(ceremony.purpose, ceremony.challenge));
  const clientData = `{"type":"webauthn.create","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`;
  const response = { clientDataJSON: encodeBase64url(encodeUtf8(clientData)), attestationObject };
  return verifyRegistration(originsOf(env), ceremony, { id, rawId: id, type: 'public-key', response });
}

describe('the attestation of a new passkey', () => {
  it('makes the worker call no address, whatever certificates come with it', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
    expect(await registerWith(CREDENTIAL_ID, ATTESTATION_OBJECT)).toEqual({ ok: false, code: 'passkey_invalid' });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is refused in every form that carries a chain of certificates', async () => {
    for (const fmt of ['packed', 'fido-u2f', 'android-key', 'android-safetynet', 'tpm', 'apple', 'compound', 'x']) {
      const attStmt = { alg: -7, sig: new Uint8Array(70), x5c: [new Uint8Array(300)] };
      const attestationObject = encodeBase64url(encode({ fmt, attStmt, authData: new Uint8Array(164) }));
      const refused = await registerWith(CREDENTIAL_ID, attestationObject);
      expect([fmt, refused]).toEqual([fmt, { ok: false, code: 'passkey_invalid' }]);
    }
  });

  it('is none from an honest browser', async () => {
    const authenticator = await createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
    const challenge = await createChallenge(ceremony.purpose, ceremony.challenge);
    const { id, rawId, type, response } = await authenticator.register(challenge);
    const registered = await verifyRegistration(originsOf(env), ceremony, {
      id,
      rawId,
      type,
      response: { ...response },
    });
    expect(registered).toMatchObject({ ok: true, value: { credentialId: id } });
  });
});
