import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { FIRST_PROGRAMME, sendForm } from '../../support/claim-console.ts';
import { challengeOf } from '../../support/enrol.ts';
import type { SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { createConsoleAuthenticator } from '../support/administrator.ts';
import { clearing, createClient } from '../support/test-app.ts';
import { ConsoleVisitor, fieldValue } from './console-visitor.ts';

const SETUP = { ...FIRST_PROGRAMME, setupCode: env.SETUP_CODE, timeZone: 'Europe/Berlin' };

/** One story from the first run on: each test stands on the one before. */
describe('first run', () => {
  const visitor = new ConsoleVisitor(createClient());
  let passkey: SoftwareAuthenticator;

  beforeAll(async () => {
    passkey = await createConsoleAuthenticator();
  });

  async function answerOptions(path: string, fields: Record<string, string>): Promise<Record<string, string>> {
    const begun = (await (await sendForm(visitor.client, path, fields)).json()) as CeremonyAnswer;
    const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreRegistration);
    return { ...fields, ceremony: begun.ceremony, response: JSON.stringify(await passkey.register(challenge)) };
  }

  it('leads every way in to the setup', async () => {
    for (const path of ['/centre', '/centre/100001', '/centre/keys', '/centre/sign-in'])
      expect((await visitor.open(path)).location).toBe('/centre/setup');
  });

  it('offers every currency with its digits', async () => {
    const { text } = await visitor.open('/centre/setup');
    expect(text).toContain('EUR Euro, 2 decimals');
    expect(text).toContain('JPY Japanese Yen, 0 decimals');
    expect(text).toContain('KWD Kuwaiti Dinar, 3 decimals');
  });

  it('says beside the field what is wrong, and keeps what was typed', async () => {
    const wrong = { ...SETUP, setupCode: 'AAAA-AAAA-AAAA', programme: 'test-canteen' };
    const code = await visitor.send('/centre/setup', wrong);
    expect(code.status).toBe(422);
    expect(code.text).toContain('This is not the setup code.');
    expect(fieldValue(code.html, 'programmeName')).toBe('Test Canteen');
    const name = await visitor.send('/centre/setup', { ...SETUP, programme: 'No Spaces!' });
    expect(name.text).toContain('Take 3 to 16 small letters, digits or dashes');
    expect(await clearing().isClaimed()).toBe(false);
  });

  it('makes no administrator without a passkey', async () => {
    const page = await visitor.send('/centre/setup', SETUP);
    expect(page.status).toBe(422);
    expect(page.text).toContain('The passkey did not answer');
    const forged = await visitor.send('/centre/setup', { ...SETUP, ceremony: 'A'.repeat(22), response: '{}' });
    expect(forged.status).toBe(422);
    expect(await clearing().isClaimed()).toBe(false);
  });

  it('claims the console, opens the programme in its own time zone and signs in', async () => {
    const answered = await answerOptions('/centre/setup/passkey-options', SETUP);
    const entered = await visitor.send('/centre/setup', answered);
    expect([entered.status, entered.location]).toEqual([303, '/centre']);
    expect((await visitor.open('/centre')).location).toBe('/centre/100001');
    const overview = await visitor.open('/centre/100001');
    expect(overview.text).toContain('The books balance.');
    expect(overview.text).toContain('Times are those of Europe/Berlin.');
    expect(overview.text).toContain('Kim');
  });

  it('claims only once', async () => {
    const late = new ConsoleVisitor(createClient());
    expect((await late.open('/centre/setup')).location).toBe('/centre/sign-in');
    const again = await late.send('/centre/setup', SETUP);
    expect(again.status).toBe(422);
    expect(again.text).toContain('The console has an owner already.');
  });

  it('signs out, and in again by the passkey, back to the page asked for', async () => {
    expect((await visitor.send('/centre/sign-out')).location).toBe('/centre/sign-in');
    const asked = await visitor.open('/centre/100001/payments?day=2026-11-21');
    expect(asked.location).toBe('/centre/sign-in?next=%2Fcentre%2F100001%2Fpayments%3Fday%3D2026-11-21');
    const page = await visitor.open(asked.location ?? '');
    const entered = await visitor.signIn(passkey, { next: fieldValue(page.html, 'next').replaceAll('&amp;', '&') });
    expect(entered.location).toBe('/centre/100001/payments?day=2026-11-21');
    expect((await visitor.open('/centre/keys')).status).toBe(200);
  });

  it.each(['https://evil.example/centre', '//evil.example/centre', '/pos/', '/centre/../pos/', '\\\\evil.example', ''])(
    'leads nowhere but to the console after a sign-in: %s',
    async (next) => {
      const other = new ConsoleVisitor(createClient());
      expect((await other.signIn(passkey, { next })).location).toBe('/centre');
    },
  );

  it('signs nobody in by an unknown passkey or an old answer', async () => {
    const stranger = new ConsoleVisitor(createClient());
    const unknown = await stranger.signIn(await createConsoleAuthenticator());
    expect([unknown.status, unknown.location]).toEqual([422, undefined]);
    expect(unknown.text).toContain('This passkey is not registered here.');
    const begun = (await (
      await sendForm(stranger.client, '/centre/sign-in/passkey-options', {})
    ).json()) as CeremonyAnswer;
    const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreSignIn);
    const fields = { ceremony: begun.ceremony, response: JSON.stringify(await passkey.assert(challenge)) };
    expect((await stranger.send('/centre/sign-in', fields)).status).toBe(303);
    expect((await stranger.send('/centre/sign-in', fields)).status).toBe(422);
  });
});

describe('a further administrator', () => {
  it('joins once by the link, and is out when removed', async () => {
    const { administratorId } = (await clearing().listAdministrators())[0]!;
    const { code } = await clearing().invite('Grace', administratorId);
    const grace = new ConsoleVisitor(createClient());
    const passkey = await createConsoleAuthenticator();
    const join = async (visitor: ConsoleVisitor) => {
      const fields = { invitationCode: code.toLowerCase() };
      const options = await sendForm(visitor.client, '/centre/join/passkey-options', fields);
      if (options.status !== 200) return visitor.send('/centre/join', fields);
      const begun = (await options.json()) as CeremonyAnswer;
      const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreRegistration);
      const response = JSON.stringify(await passkey.register(challenge));
      return visitor.send('/centre/join', { ...fields, ceremony: begun.ceremony, response });
    };
    expect((await join(grace)).location).toBe('/centre');
    const page = await grace.open('/centre/administrators');
    expect(page.text).toContain('Grace (you)');
    const second = await join(new ConsoleVisitor(createClient()));
    expect(second.text).toContain('This invitation is wrong, used or too old.');

    const joined = (await clearing().listAdministrators()).find(({ name }) => name === 'Grace')!;
    await clearing().removeAdministrator(joined.administratorId);
    expect((await grace.open('/centre/administrators')).location).toContain('/centre/sign-in');
    expect((await grace.signIn(passkey)).status).toBe(422);
  });
});
