import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CentreSigner } from '../../../edge/clearing/centre-signer.ts';
import { forgetProgramme } from '../../../edge/clearing/load-programme.ts';
import { deriveSealingKey, openSecret, sealSecret } from '../../../edge/clearing/seal-secret.ts';
import { verifyCentreKeys } from '../../../shared/protocol/centre-trust.ts';
import { contentDayOf } from '../../../shared/protocol/codes/content-seal.ts';
import { decodeCose } from '../../../shared/protocol/cose-sign1.ts';
import type { ParticipantCode, ProgrammeId } from '../../../shared/protocol/identifiers.ts';
import type { TerminalAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { expectDone } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import { requestPayment } from '../../support/enrol.ts';
import { clearing, createClient, openTill } from '../support/test-app.ts';

const DRAFT = {
  programme: 'campus' as ProgrammeId,
  name: 'Campus',
  currency: 'JPY',
  participant: { code: '200002' as ParticipantCode, name: 'Student Services' },
};

beforeEach(forgetProgramme);
afterEach(() => {
  vi.useRealTimers();
});

describe('the programme', () => {
  it('is made once, with its first participant, its first key and open books', async () => {
    expect(await clearing().programmeView()).toBeUndefined();
    expect((await createClient().get('programme')).body.code).toBe('programme_missing');
    const created = await Promise.all(Array.from({ length: 5 }, () => clearing().createProgramme(DRAFT)));
    expect(created.filter(({ ok }) => ok)).toHaveLength(1);
    const view = (await clearing().programmeView())!;
    expect(view).toMatchObject({ programme: 'campus', currency: { code: 'JPY', exponent: 0 } });
    expect(view.participants).toEqual([DRAFT.participant]);
    expect(view.announcements).toHaveLength(1);
    expect((await env.LEDGER.getByName('200002').trialBalance())?.faults).toEqual([]);
  });

  it('tells every participant’s books, also those it could not tell at once', async () => {
    await clearing().createProgramme(DRAFT);
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      const statement = 'INSERT INTO participants (code, name, created_at_ms) VALUES (?, ?, 0)';
      storage.sql.exec(statement, '200003', 'Left in the middle');
    });
    await clearing().programmeView();
    expect(await env.LEDGER.getByName('200003').trialBalance()).toBeDefined();
    expect((await clearing().createParticipant({ code: '200003' as ParticipantCode, name: 'Again' })).ok).toBe(false);
  });

  it('opens the books of the others where one participant’s do not open', async () => {
    const elsewhere = env.LEDGER.getByName('200004');
    const books = { currency: 'EUR', exponent: 2, amountMinorMax: 1, requestValidSeconds: 60 };
    const other = { participant: '200004' as ParticipantCode, programme: 'elsewhere' as ProgrammeId };
    unwrap(await elsewhere.open({ ...other, ...books }));
    await clearing().createProgramme(DRAFT);
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      const statement = 'INSERT INTO participants (code, name, created_at_ms) VALUES (?, ?, 0)';
      storage.sql.exec(statement, '200004', 'Of another programme');
      storage.sql.exec(statement, '200005', 'New');
    });
    const codes = (await clearing().programmeView())!.participants.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['200004', '200005']));
    expect(await env.LEDGER.getByName('200005').trialBalance()).toMatchObject({ faults: [] });
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      const waiting = storage.sql.exec('SELECT code FROM participants WHERE books_opened_at_ms IS NULL').toArray();
      expect(waiting).toEqual([{ code: '200004' }]);
      storage.sql.exec(`DELETE FROM participants WHERE code IN ('200004', '200005')`);
    });
  });

  it('takes stricter settings to every participant’s books', async () => {
    await clearing().createProgramme(DRAFT);
    unwrap(
      await clearing().changeSettings({
        name: 'Campus',
        timeZone: 'Asia/Tokyo',
        amountMinorMax: 500,
        requestValidSeconds: 60,
      }),
    );
    expect(await clearing().programmeView()).toMatchObject({ timeZone: 'Asia/Tokyo', amountMinorMax: 500 });
    await runInDurableObject(env.LEDGER.getByName('200002'), (_ledger, { storage }) => {
      const limits = storage.sql.exec('SELECT amount_minor_max, request_valid_seconds FROM programme').one();
      expect(limits).toEqual({ amount_minor_max: 500, request_valid_seconds: 60 });
    });
  });
});

describe('centre keys', () => {
  it('rotate: each announced by the one before, all believed by who knows any', async () => {
    await clearing().createProgramme(DRAFT);
    const first = (await clearing().listCentreKeys()).at(-1)!;
    expect(unwrap(await clearing().rotateCentreKey())).toEqual({ generation: 2 });
    expect(unwrap(await clearing().rotateCentreKey())).toEqual({ generation: 3 });
    const announcements = await clearing().announcements();
    const trust = unwrap(await verifyCentreKeys(announcements, DRAFT.programme, first.publicKey));
    expect(trust.keys.size).toBe(3);
    expect((await clearing().listCentreKeys()).map(({ generation }) => generation)).toEqual([3, 2, 1]);
  });

  it('rotate one step when asked twice at once', async () => {
    await clearing().createProgramme(DRAFT);
    const before = (await clearing().announcements()).length;
    const rotated = await runInDurableObject(clearing(), (object) =>
      Promise.all([object.rotateCentreKey(), object.rotateCentreKey()]),
    );
    expect(rotated.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await clearing().announcements()).toHaveLength(before + 1);
  });

  it('are the same after a restart, wrapped at rest, and sign', async () => {
    await clearing().createProgramme(DRAFT);
    const before = (await clearing().signingKey())!;
    await evictDurableObject(clearing());
    expect(await clearing().signingKey()).toEqual(before);
    await runInDurableObject(clearing(), (_clearing, { storage }) => {
      const rows = storage.sql.exec<{ wrapped_private_key: ArrayBuffer }>('SELECT * FROM centre_keys').toArray();
      const seed = before.privateKey.slice(-32).toHex();
      for (const row of rows) expect(new Uint8Array(row.wrapped_private_key).toHex()).not.toContain(seed);
    });
    const signer = new CentreSigner(env);
    const [newest, same] = [await signer.newestKey(), await signer.keyOf(before.generation)];
    expect(newest.publicKey).toEqual(same.publicKey);
    await expect(signer.keyOf(99)).rejects.toThrow();
    expect(newest.privateKey.extractable).toBe(false);
  });

  it('after a rotation: announced before they sign, and what the old one signed stays good', async () => {
    const till = await openTill();
    const inUse = (await clearing().signingKey())!.generation;
    const { generation } = unwrap(await clearing().rotateCentreKey());
    expect((await clearing().signingKey())!.generation).toBe(inUse);
    forgetProgramme();
    const waiting = expectDone(await till.client.post<TerminalAnswer>('terminals/sync'));
    expect(waiting.programme.centreKeys).toHaveLength(generation);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 121_000 });
    expect((await clearing().signingKey())!.generation).toBe(generation);
    expect((await requestPayment(till, 100)).answer.status).toBe(200);
    const next = await openTill();
    const keyIds = [till, next].map(({ terminal }) => decodeCose(terminal.certificate)!.keyId!.toHex());
    expect(keyIds[0]).not.toBe(keyIds[1]);
    expect((await requestPayment(next, 100)).answer.status).toBe(200);
  });
});

describe('content keys', () => {
  it('are those of yesterday, today and tomorrow, the same for everyone', async () => {
    const asked = await Promise.all(Array.from({ length: 4 }, () => clearing().contentKeys()));
    const today = contentDayOf(Date.now());
    expect(asked[0]!.map(({ day }) => day)).toEqual([today - 1, today, today + 1]);
    for (const keys of asked) expect(keys).toEqual(asked[0]);
    expect(new Set(asked[0]!.map(({ key }) => key.toHex())).size).toBe(3);
    await evictDurableObject(clearing());
    expect(await clearing().contentKeys()).toEqual(asked[0]);
  });
});

describe('a sealed secret', () => {
  const secret = new Uint8Array([1, 2, 3]);

  it('opens with its key and label alone', async () => {
    const [key, other] = [await deriveSealingKey('a'.repeat(16)), await deriveSealingKey('b'.repeat(16))];
    const sealed = await sealSecret(secret, 'centre key 1', key);
    expect(await openSecret(sealed, 'centre key 1', key)).toEqual(secret);
    await expect(openSecret(sealed, 'centre key 2', key)).rejects.toThrow(/KEY_SECRET/);
    await expect(openSecret(sealed, 'centre key 1', other)).rejects.toThrow(/KEY_SECRET/);
    sealed[20]! ^= 1;
    await expect(openSecret(sealed, 'centre key 1', key)).rejects.toThrow(/KEY_SECRET/);
  });

  it('is not made with a key that is missing or too short', async () => {
    await expect(deriveSealingKey('')).rejects.toThrow(/KEY_SECRET/);
    await expect(deriveSealingKey('short')).rejects.toThrow(/KEY_SECRET/);
  });
});
