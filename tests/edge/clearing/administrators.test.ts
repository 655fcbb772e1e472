import { reset, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginClaim, beginJoin, beginSignIn, finishSignIn } from '../../../edge/clearing/administrator-sign-in.ts';
import { forgetProgramme } from '../../../edge/clearing/load-programme.ts';
import { hashSecret } from '../../../edge/security/secrets.ts';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import { unwrap } from '../../support/devices.ts';
import { challengeOf } from '../../support/enrol.ts';
import type { Misbehaviour, SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { CLAIM, claimConsole, createConsoleAuthenticator, register } from '../support/administrator.ts';
import { clearing, createClient } from '../support/test-app.ts';

beforeEach(forgetProgramme);
afterEach(reset);

async function signIn(authenticator: SoftwareAuthenticator, misbehaviour: Misbehaviour = {}) {
  const begun = unwrap(await beginSignIn(env, 'somewhere'));
  const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreSignIn);
  return finishSignIn(env, begun.ceremony, { ...(await authenticator.assert(challenge, misbehaviour)) });
}

describe('the claim', () => {
  it('makes programme, participant and the first administrator, once', async () => {
    expect((await createClient().get<{ claimed: boolean }>('health')).body.claimed).toBe(false);
    const { token } = await claimConsole();
    expect(await clearing().findConsoleSession(await hashSecret(token))).toMatchObject({ name: 'Ada' });
    expect((await clearing().programmeView())?.programme).toBe('campus');
    expect((await createClient().get<{ claimed: boolean }>('health')).body.claimed).toBe(true);
    expect(await beginClaim(env, CLAIM)).toMatchObject({ code: 'already_claimed' });
  });

  it('takes the setup code however it is typed, and no other', async () => {
    for (const setupCode of ['', 'TEST-ABCD-2346', 'TEST', 'TEST-ABCD-2345-X'])
      expect(await beginClaim(env, { ...CLAIM, setupCode })).toMatchObject({ code: 'setup_code_invalid' });
    for (const setupCode of ['TEST-ABCD-2345', 'testabcd2345', ' test abcd 2345 '])
      expect((await beginClaim(env, { ...CLAIM, setupCode })).ok).toBe(true);
  });

  it('is not possible where no setup code is set', async () => {
    for (const SETUP_CODE of ['', 'short', undefined])
      expect(
        await beginClaim({ ...env, SETUP_CODE: SETUP_CODE as string }, { ...CLAIM, setupCode: SETUP_CODE ?? '' }),
      ).toMatchObject({
        code: 'setup_code_invalid',
      });
  });

  it('is limited for each address, so that a stranger keeps nobody out', async () => {
    const wrong = { ...CLAIM, setupCode: 'x' };
    let last = await beginClaim(env, wrong, '203.0.113.7');
    for (let tries = 0; tries < 11; tries += 1) last = await beginClaim(env, wrong, '203.0.113.7');
    expect(last).toMatchObject({ code: 'rate_limited' });
    expect((await beginClaim(env, CLAIM, '203.0.113.8')).ok).toBe(true);
  });

  it('goes to one of two that race', async () => {
    const begun = [await beginClaim(env, CLAIM), await beginClaim(env, CLAIM)];
    const claimed = await Promise.all(begun.map(async (claim) => register(claim, await createConsoleAuthenticator())));
    expect(claimed.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['already_claimed', 'ok']);
    expect(await clearing().listAdministrators()).toHaveLength(1);
  });

  it('keeps the programme that a demo made', async () => {
    await createClient().get('demo');
    await claimConsole();
    expect((await clearing().programmeView())?.name).toBe('Demo Canteen');
  });
});

describe("an administrator's sign-in", () => {
  it('works by the registered passkey, and ends by sign-out', async () => {
    const authenticator = await createConsoleAuthenticator();
    await claimConsole(authenticator);
    const { token } = unwrap(await signIn(authenticator));
    const tokenHash = await hashSecret(token);
    expect(await clearing().findConsoleSession(tokenHash)).toBeDefined();
    await clearing().endConsoleSession(tokenHash);
    expect(await clearing().findConsoleSession(tokenHash)).toBeUndefined();
  });

  it.each([
    [{ userVerified: false }, 'user_not_verified'],
    [{ tamperSignature: true }, 'passkey_invalid'],
    [{ foreignKey: true }, 'passkey_invalid'],
    [{ origin: 'https://evil.example' }, 'passkey_invalid'],
    [{ challenge: new Uint8Array(32) }, 'passkey_invalid'],
  ] as const)('with %j is refused', async (misbehaviour, code) => {
    const authenticator = await createConsoleAuthenticator();
    await claimConsole(authenticator);
    expect(await signIn(authenticator, misbehaviour)).toMatchObject({ code });
  });

  it('is refused to a stranger, and to who was removed', async () => {
    const first = await claimConsole();
    expect(await signIn(await createConsoleAuthenticator())).toMatchObject({ code: 'passkey_unknown' });
    const authenticator = await createConsoleAuthenticator();
    const { code } = await clearing().invite('Grace', first.administratorId);
    const second = unwrap(await register(await beginJoin(env, code), authenticator));
    unwrap(await clearing().removeAdministrator(second.administratorId));
    expect(await clearing().findConsoleSession(await hashSecret(second.token))).toBeUndefined();
    expect(await signIn(authenticator)).toMatchObject({ code: 'passkey_unknown' });
    expect(await clearing().removeAdministrator(first.administratorId)).toMatchObject({ code: 'forbidden' });
  });

  it('lasts twelve hours', async () => {
    const { token } = await claimConsole();
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      storage.sql.exec('UPDATE console_sessions SET expires_at_ms = ?', Date.now() - 1);
    });
    expect(await clearing().findConsoleSession(await hashSecret(token))).toBeUndefined();
  });
});

describe('an invitation', () => {
  it('lets one person in, once, under the name it was written to', async () => {
    const { administratorId } = await claimConsole();
    const { code } = await clearing().invite('Grace', administratorId);
    const begun = [await beginJoin(env, code), await beginJoin(env, code.toLowerCase())];
    expect((await register(begun[0]!, await createConsoleAuthenticator())).ok).toBe(true);
    expect(await register(begun[1]!, await createConsoleAuthenticator())).toMatchObject({ code: 'setup_code_invalid' });
    expect((await clearing().listAdministrators()).map(({ name }) => name)).toEqual(['Ada', 'Grace']);
  });

  it('is worth nothing when it is too old, made up, or its writer was removed', async () => {
    const first = await claimConsole();
    expect(await beginJoin(env, 'AAAA-BBBB-CCCC')).toMatchObject({ code: 'setup_code_invalid' });
    const grace = unwrap(
      await register(
        await beginJoin(env, (await clearing().invite('Grace', first.administratorId)).code),
        await createConsoleAuthenticator(),
      ),
    );
    const { code } = await clearing().invite('Mallory', grace.administratorId);
    unwrap(await clearing().removeAdministrator(grace.administratorId));
    expect(await beginJoin(env, code)).toMatchObject({ code: 'setup_code_invalid' });
    const late = await clearing().invite('Late', first.administratorId);
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      storage.sql.exec('UPDATE invitations SET expires_at_ms = ?', Date.now() - 1);
    });
    expect(await beginJoin(env, late.code)).toMatchObject({ code: 'setup_code_invalid' });
  });
});

describe('API keys', () => {
  it('are shown once, known by their hash, and end when withdrawn', async () => {
    const { administratorId } = await claimConsole();
    const { token, keyId } = unwrap(await clearing().createApiKey('till printer', administratorId));
    const tokenHash = await hashSecret(token);
    expect(await clearing().findApiKey(tokenHash)).toMatchObject({ keyId, name: 'till printer' });
    expect((await clearing().listApiKeys())[0]).toMatchObject({ keyId, usedAtMs: expect.any(Number) });
    unwrap(await clearing().revokeApiKey(keyId));
    expect(await clearing().findApiKey(tokenHash)).toBeUndefined();
    expect(await clearing().revokeApiKey(keyId)).toMatchObject({ code: 'not_found' });
  });

  it('end with the administrator who made them, and no others', async () => {
    const first = await claimConsole();
    const { code } = await clearing().invite('Grace', first.administratorId);
    const second = unwrap(await register(await beginJoin(env, code), await createConsoleAuthenticator()));
    const [hers, mine] = [
      unwrap(await clearing().createApiKey('hers', second.administratorId)),
      unwrap(await clearing().createApiKey('mine', first.administratorId)),
    ];
    unwrap(await clearing().removeAdministrator(second.administratorId));
    expect(await clearing().findApiKey(await hashSecret(hers.token))).toBeUndefined();
    expect(await clearing().findApiKey(await hashSecret(mine.token))).toMatchObject({ name: 'mine' });
    expect((await clearing().listApiKeys()).map(({ name }) => name)).toEqual(['mine']);
  });

  it('are at most fifty', async () => {
    const { administratorId } = await claimConsole();
    for (let keys = 0; keys < 50; keys += 1) await clearing().createApiKey(`key ${keys}`, administratorId);
    expect(await clearing().createApiKey('one more', administratorId)).toMatchObject({ code: 'limit_reached' });
  });
});
