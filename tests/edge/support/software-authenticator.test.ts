import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { describe, expect, it } from 'vitest';
import { createRandomBytes, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { verifyAuthorisation } from '../../../shared/protocol/payment/verify-authorisation.ts';
import { createTestTerminal, createTestWallet, relyingPartyOf, unwrap } from '../../support/devices.ts';
import { createSoftwareAuthenticator, type Misbehaviour } from '../../support/software-authenticator.ts';
import { createTestCentre } from '../../support/test-centre.ts';

const origin = 'http://localhost:8787';
const rpId = 'localhost';

describe('the software authenticator', () => {
  it('registers and signs in as @simplewebauthn/server expects it', async () => {
    const authenticator = await createSoftwareAuthenticator({ origin, rpId });
    const challenge = createRandomBytes(32);
    const expected = { expectedChallenge: encodeBase64url(challenge), expectedOrigin: origin, expectedRPID: rpId };
    const registered = await verifyRegistrationResponse({
      response: await authenticator.register(challenge),
      ...expected,
    });
    expect(registered.verified).toBe(true);
    const credential = registered.registrationInfo!.credential;
    const signedIn = await verifyAuthenticationResponse({
      response: await authenticator.assert(challenge),
      ...expected,
      credential,
      requireUserVerification: true,
    });
    expect(signedIn.verified).toBe(true);
  });

  const nowMs = Date.UTC(2026, 10, 21);

  async function consentWith(misbehaviour: Misbehaviour) {
    const centre = await createTestCentre({ nowMs });
    const terminal = await createTestTerminal();
    await terminal.adopt(await centre.certifyTerminal(terminal.key.publicKey), centre.trust);
    const wallet = await createTestWallet(origin);
    const keys = {
      accountToken: createRandomBytes(16),
      devicePublicKey: wallet.deviceKey.publicKey,
      passkeyPublicKey: wallet.authenticator.publicKey,
    };
    await wallet.adopt(await centre.certifyWallet(keys), centre.trust);
    const request = unwrap(await terminal.verify((await terminal.createRequest(450, nowMs)).document, nowMs));
    const consent = await wallet.authorise(request, nowMs, misbehaviour);
    return verifyAuthorisation(consent, wallet.trusted, await relyingPartyOf(origin), nowMs);
  }

  it('consents to a payment', async () => {
    expect(await consentWith({})).toMatchObject({ ok: true, value: { amountMinor: 450 } });
  });

  it.each<[string, Misbehaviour, string]>([
    ['leaves out user verification', { userVerified: false }, 'user_not_verified'],
    ['leaves out user presence', { userPresent: false }, 'user_not_verified'],
    ['contradicts itself about backup', { contradictoryBackupFlags: true }, 'passkey_invalid'],
    ['signs for another relying party', { rpId: 'example.org' }, 'passkey_invalid'],
    ['signs at another origin', { origin: 'http://localhost:9999' }, 'passkey_invalid'],
    ['signs another challenge', { challenge: new Uint8Array(32) }, 'passkey_invalid'],
    ['turns a bit of the signature', { tamperSignature: true }, 'passkey_invalid'],
    ['signs with a foreign key', { foreignKey: true }, 'passkey_invalid'],
    ['names a top origin', { clientDataSuffix: ',"topOrigin":"http://localhost:8787"}' }, 'passkey_invalid'],
  ])('is found out when it %s', async (_, misbehaviour, code) => {
    expect(await consentWith(misbehaviour)).toMatchObject({ ok: false, code });
  });

  it('may add members to the client data, as browsers do', async () => {
    expect(await consentWith({ clientDataSuffix: ',"other_keys":"may follow"}' })).toMatchObject({ ok: true });
  });
});
