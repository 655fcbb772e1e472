import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createChallenge, PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import type { WalletAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../../support/api-client.ts';
import { createTestWallet, TestWallet, unwrap } from '../../support/devices.ts';
import {
  challengeOf,
  createAuthoriseCall,
  registerWallet,
  requestPayment,
  signInWallet,
  trustOf,
} from '../../support/enrol.ts';
import type { Misbehaviour } from '../../support/software-authenticator.ts';
import {
  createClient,
  demoActivationCode,
  ledgerOf,
  openTill,
  openWallet,
  origin,
  registryOf,
} from '../support/test-app.ts';

async function beginRegistration(name = 'Robin') {
  await demoActivationCode();
  const client = createClient();
  const begun = expectDone(await client.post<CeremonyAnswer>('wallet/registration-options', { name }));
  return { client, begun, ...(await challengeOf(begun, PASSKEY_PURPOSES.walletRegistration)) };
}

async function finishRegistration(misbehaviour: Misbehaviour = {}) {
  const { client, begun, challenge, serverChallenge } = await beginRegistration();
  const wallet = await createTestWallet(origin);
  return client.post('wallet/registration', {
    ceremony: begun.ceremony,
    response: await wallet.authenticator.register(challenge, misbehaviour),
    binding: encodeBase64url(await wallet.createBinding(serverChallenge)),
  });
}

describe('registration', () => {
  it('gives a customer a passkey, a phone, a card with a certificate, and in the demo some money', async () => {
    const { answer, wallet, client } = await openWallet('Robin');
    expect(answer).toMatchObject({
      customerName: 'Robin',
      credentialId: encodeBase64url(wallet.authenticator.credentialId),
    });
    expect(answer.cards).toMatchObject([{ label: 'My card', status: 'open', availableMinor: 5000 }]);
    expect(answer.contentKeys).toHaveLength(3);
    expect(wallet.trusted.content).toMatchObject({
      issuer: '100001',
      devicePublicKey: wallet.deviceKey.publicKey,
      passkeyPublicKey: wallet.authenticator.publicKey,
    });
    expect((await client.post<WalletAnswer>('wallet/sync')).body.cards).toEqual(answer.cards);
  });

  it('asks for a discoverable ES256 passkey with user verification, and no attestation', async () => {
    const { begun } = await beginRegistration();
    expect(begun.options).toMatchObject({
      rp: { id: 'localhost', name: 'Demo Canteen' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
    });
    const handle = decodeBase64url((begun.options.user as { id: string }).id)!;
    expect(new TextDecoder().decode(handle.slice(0, 6))).toBe('100001');
    expect(handle).toHaveLength(22);
  });

  it.each([
    [{ userVerified: false }, 'user_not_verified'],
    [{ origin: 'https://evil.example' }, 'passkey_invalid'],
    [{ rpId: 'evil.example' }, 'passkey_invalid'],
    [{ type: 'webauthn.get' }, 'passkey_invalid'],
    [{ challenge: new Uint8Array(32) }, 'passkey_invalid'],
    [{ contradictoryBackupFlags: true }, 'passkey_invalid'],
    [{ clientDataSuffix: ',"topOrigin":"https://evil.example"}' }, 'passkey_invalid'],
    [{ userPresent: false }, 'passkey_invalid'],
  ] as const)('with %j is refused', async (misbehaviour, code) => {
    expect((await finishRegistration(misbehaviour)).body.code).toBe(code);
  });

  it('takes what browsers add to clientDataJSON', async () => {
    expect((await finishRegistration({ clientDataSuffix: ',"other_keys_can_be_added_here":"x"}' })).status).toBe(200);
  });

  it('refuses a challenge that was not hashed by the device, or hashed for another purpose', async () => {
    for (const purpose of [undefined, PASSKEY_PURPOSES.walletSignIn, PASSKEY_PURPOSES.centreRegistration]) {
      const { client, begun, serverChallenge } = await beginRegistration();
      const wallet = await createTestWallet(origin);
      const challenge = purpose ? await createChallenge(purpose, serverChallenge) : serverChallenge;
      const refused = await client.post('wallet/registration', {
        ceremony: begun.ceremony,
        response: await wallet.authenticator.register(challenge),
        binding: encodeBase64url(await wallet.createBinding(serverChallenge)),
      });
      expect(refused.body.code).toBe('passkey_invalid');
    }
  });

  it('refuses a device key that was not proven for this very ceremony', async () => {
    const { client, begun, challenge } = await beginRegistration();
    const wallet = await createTestWallet(origin);
    const refused = await client.post('wallet/registration', {
      ceremony: begun.ceremony,
      response: await wallet.authenticator.register(challenge),
      binding: encodeBase64url(await wallet.createBinding(new Uint8Array(32))),
    });
    expect(refused.body.code).toBe('signature_invalid');
  });

  it('is finished once, and within its time', async () => {
    const { client, begun, challenge, serverChallenge } = await beginRegistration();
    const wallet = await createTestWallet(origin);
    const call = {
      ceremony: begun.ceremony,
      response: await wallet.authenticator.register(challenge),
      binding: encodeBase64url(await wallet.createBinding(serverChallenge)),
    };
    expect((await client.post('wallet/registration', call)).status).toBe(200);
    expect((await client.post('wallet/registration', call)).body.code).toBe('ceremony_expired');
    const late = await beginRegistration();
    await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
      storage.sql.exec('UPDATE ceremonies SET expires_at_ms = ?', Date.now() - 1);
    });
    const tooLate = { ...call, ceremony: late.begun.ceremony };
    expect((await client.post('wallet/registration', tooLate)).body.code).toBe('ceremony_expired');
  });

  it('of a passkey or phone that is known is refused, and leaves nothing behind', async () => {
    const { wallet } = await openWallet();
    const before = await ledgerOf().trialBalance();
    for (const [known, code] of [
      [new TestWallet(await createSigningKey(false), wallet.authenticator, origin), 'passkey_exists'],
      [new TestWallet(wallet.deviceKey, (await createTestWallet(origin)).authenticator, origin), 'already_exists'],
    ] as const) {
      const { client, begun, challenge, serverChallenge } = await beginRegistration('Twice');
      const refused = await client.post('wallet/registration', {
        ceremony: begun.ceremony,
        response: await known.authenticator.register(challenge),
        binding: encodeBase64url(await known.createBinding(serverChallenge)),
      });
      expect(refused.body.code).toBe(code);
    }
    await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
      expect(storage.sql.exec("SELECT 1 FROM customers WHERE name = 'Twice'").toArray()).toEqual([]);
    });
    expect((await ledgerOf().trialBalance())!.lines).toEqual(before!.lines);
  });

  it.each(['\u202Eknat', 'a\u0000b', 'a\nb', 'zero\u200Bwidth', '  ', 'x'.repeat(41)])(
    'refuses the name %j',
    async (name) => {
      await demoActivationCode();
      expect((await createClient().post('wallet/registration-options', { name })).body.code).toBe('malformed');
    },
  );
});

describe('sign-in', () => {
  it('on another phone gives it all cards, with certificates of its own', async () => {
    const { wallet, answer } = await openWallet();
    const client = createClient();
    const phone = new TestWallet(await createSigningKey(false), wallet.authenticator, origin);
    const signedIn = expectDone(await signInWallet(client, phone));
    expect(signedIn.cards.map((card) => card.accountNumber)).toEqual(answer.cards.map((card) => card.accountNumber));
    await phone.adopt(decodeBase64url(signedIn.cards[0]!.certificate)!, await trustOf(signedIn.programme));
    expect(phone.trusted.content.devicePublicKey).toEqual(phone.deviceKey.publicKey);
    const till = await openTill();
    const { request } = await requestPayment(till, 100);
    const call = await createAuthoriseCall({ client, wallet: phone, answer: signedIn }, till, request);
    expect((await client.post('authorisations', call)).status).toBe(200);
  });

  it('on the same phone ends the session before', async () => {
    const { wallet, client } = await openWallet();
    const fixed = new Map(client.cookies);
    expectDone(await signInWallet(client, wallet));
    const thief = createClient();
    for (const [name, value] of fixed) thief.cookies.set(name, value);
    expect((await thief.post('wallet/sync')).body.code).toBe('not_signed_in');
    expect((await client.post('wallet/sync')).status).toBe(200);
  });

  it('with an unknown passkey is refused', async () => {
    await demoActivationCode();
    const refused = await signInWallet(createClient(), await createTestWallet(origin));
    expect(refused.body.code).toBe('passkey_unknown');
  });

  it.each([
    [{ userVerified: false }, 'user_not_verified'],
    [{ tamperSignature: true }, 'passkey_invalid'],
    [{ foreignKey: true }, 'passkey_invalid'],
    [{ origin: 'https://evil.example' }, 'passkey_invalid'],
    [{ challenge: new Uint8Array(32) }, 'passkey_invalid'],
  ] as const)('with %j is refused', async (misbehaviour, code) => {
    const { wallet } = await openWallet();
    expect((await signInWallet(createClient(), wallet, misbehaviour)).body.code).toBe(code);
  });

  it('is limited for each passkey', async () => {
    const { wallet } = await openWallet();
    const codes: (string | undefined)[] = [];
    for (let tries = 0; tries < 12; tries += 1) codes.push((await signInWallet(createClient(), wallet)).body.code);
    expect(codes[0]).toBeUndefined();
    expect(codes.at(-1)).toBe('rate_limited');
  });

  it('past ten phones signs the oldest out and withdraws its certificates', async () => {
    const first = await openWallet();
    for (let phones = 0; phones < 10; phones += 1) {
      await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
        storage.sql.exec('DELETE FROM rate_limits');
      });
      const phone = new TestWallet(await createSigningKey(false), first.wallet.authenticator, origin);
      expectDone(await signInWallet(createClient(), phone));
    }
    expect((await first.client.post('wallet/sync')).body.code).toBe('not_signed_in');
    const till = await openTill();
    const { request } = await requestPayment(till, 100);
    const refused = await first.client.post('authorisations', await createAuthoriseCall(first, till, request));
    expect(refused.body.code).toBe('certificate_revoked');
  });
});

describe('cards', () => {
  it('are added up to ten, and each pays by itself', async () => {
    const enrolled = await openWallet();
    const added = expectDone(await enrolled.client.post<WalletAnswer>('wallet/cards', { label: 'Lunch' }));
    expect(added.cards.map(({ label, availableMinor }) => [label, availableMinor])).toEqual([
      ['My card', 5000],
      ['Lunch', 0],
    ]);
    for (let cards = 2; cards < 10; cards += 1) await enrolled.client.post('wallet/cards', { label: `Card ${cards}` });
    expect((await enrolled.client.post('wallet/cards', { label: 'Eleventh' })).body.code).toBe('limit_reached');
    await enrolled.wallet.adopt(decodeBase64url(added.cards[1]!.certificate)!, await trustOf(added.programme));
    const till = await openTill();
    const { request } = await requestPayment(till, 100);
    const refused = await enrolled.client.post('authorisations', await createAuthoriseCall(enrolled, till, request));
    expect(refused.body.code).toBe('insufficient_balance');
  });

  it('issued by the programme are claimed once, by link or by typing', async () => {
    const [first, second] = [await openWallet(), await openWallet()];
    const { card, claim } = await registryOf().cards.createCard('Gift');
    const claimCode = `${origin}/wallet/#claim=${claim.code}`;
    const claimed = expectDone(await first.client.post<WalletAnswer>('wallet/cards/claim', { claimCode }));
    expect(claimed.cards.map(({ accountNumber }) => accountNumber)).toContain(card.accountNumber);
    const again = await first.client.post<WalletAnswer>('wallet/cards/claim', { claimCode: claim.code });
    expect(again.body.cards).toHaveLength(2);
    expect((await second.client.post('wallet/cards/claim', { claimCode })).body.code).toBe('claim_code_invalid');
    expect((await registryOf().cards.createClaimCode(card.accountNumber)).ok).toBe(false);
  });

  it('claims are limited for each customer', async () => {
    const { client } = await openWallet();
    const codes: (string | undefined)[] = [];
    for (let tries = 0; tries < 12; tries += 1)
      codes.push((await client.post('wallet/cards/claim', { claimCode: 'AAAABBBBCCCC' })).body.code);
    expect([codes[0], codes.at(-1)]).toEqual(['claim_code_invalid', 'rate_limited']);
  });

  it('that are frozen are shown so and pay nothing', async () => {
    const enrolled = await openWallet();
    const { accountNumber } = enrolled.answer.cards[0]!;
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost', by: 'tests' }));
    const synced = expectDone(await enrolled.client.post<WalletAnswer>('wallet/sync'));
    expect(synced.cards[0]!.status).toBe('frozen');
    const till = await openTill();
    const { request } = await requestPayment(till, 100);
    const refused = await enrolled.client.post('authorisations', await createAuthoriseCall(enrolled, till, request));
    expect(refused.body.code).toBe('account_frozen');
  });

  it('get certificates anew in the last third of their time', async () => {
    const { client, answer } = await openWallet();
    const { accountNumber, certificate } = answer.cards[0]!;
    await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
      const soonSeconds = Math.floor(Date.now() / 1000) + 9 * 86_400;
      const statement = 'UPDATE wallet_certificates SET expires_at_seconds = ? WHERE account_number = ?';
      storage.sql.exec(statement, soonSeconds, accountNumber);
    });
    const synced = expectDone(await client.post<WalletAnswer>('wallet/sync'));
    expect(synced.cards[0]!.certificate).not.toBe(certificate);
  });
});

describe('sign-out', () => {
  it('ends the session for whoever holds its cookie', async () => {
    const { client } = await openWallet();
    const stolen = createClient();
    for (const [name, value] of client.cookies) stolen.cookies.set(name, value);
    expect((await client.post('wallet/sign-out')).status).toBe(204);
    expect(client.cookies.size).toBe(0);
    expect((await stolen.post('wallet/sync')).body.code).toBe('not_signed_in');
  });
});

it('registers many customers at once, each with an account of their own', async () => {
  await demoActivationCode();
  const wallets = await Promise.all(
    Array.from({ length: 8 }, (_, index) => registerWallet(createClient(), `C${index}`)),
  );
  expect(new Set(wallets.map(({ answer }) => answer.cards[0]!.accountNumber)).size).toBe(8);
});
