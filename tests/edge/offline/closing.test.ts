import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { nextReleaseAtMs } from '../../../edge/ledger/offline/reserve.ts';
import { ReserveAlarm } from '../../../edge/ledger/offline/reserve-alarm.ts';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { AllowanceAnswer, WalletAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../../support/api-client.ts';
import { TestWallet, unwrap } from '../../support/devices.ts';
import {
  createClosingText,
  grantAllowance,
  renewAllowance,
  sellOffline,
  signInWallet,
  trustOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openWallet } from '../support/test-app.ts';
import {
  balanceOf,
  enrolParties,
  HOUR_MS,
  numberOf,
  openDesk,
  openPayer,
  outcomeOf,
  refusalOf,
  ringAlarm,
  wait,
} from './offline-world.ts';

const parties = enrolParties();

describe('an allowance', () => {
  it('is one for a phone, however often and at once it is renewed', async () => {
    const sale = await sellOffline(parties.payer, parties.till, 300);
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    const closing = await createClosingText(parties.payer);
    const { accountToken } = parties.payer.answer.cards[0]!;
    const ask = () =>
      parties.payer.client.post<AllowanceAnswer>('wallet/allowance', { accountToken, closing, isWanted: true });
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.card.certificate)).size).toBe(1);
    using desk = openDesk();
    expect((await desk.outstanding(numberOf(parties.payer))).map(({ status }) => status)).toEqual(['live']);
    // 47.00 are left; what was set aside before was given back first.
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_700, heldMinor: 2_350 });
  });

  it('is closed for the network alone, and what was given stays set aside until it comes in', async () => {
    const sale = await sellOffline(parties.payer, parties.till, 700);
    const closed = expectDone(
      await renewAllowance(parties.payer, { closing: await createClosingText(parties.payer), isWanted: false }),
    );
    expect(closed.card).toMatchObject({ availableMinor: 4_300, reservedMinor: 700, releases: [{ amountMinor: 700 }] });
    expect(parties.payer.wallet.allowance).toBeUndefined();
    expect(await outcomeOf(sale.byWallet)).toBe('request_unknown');
    expect(await outcomeOf({ ...sale.byWallet, isTillAway: true })).toBe('paid');
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_300, heldMinor: 0 });
  });

  it('closed twice with the same word changes nothing; with another word it is refused', async () => {
    const { wallet } = parties.payer;
    const chain = wallet.chain;
    const closing = encodeBase64url(await wallet.close(Date.now()));
    const again = encodeBase64url(await wallet.close(Date.now() + 5));
    const other = encodeBase64url(await wallet.close(Date.now(), [], { ...chain, counter: 1 }));
    expectDone(await renewAllowance(parties.payer, { closing, isWanted: false }));
    for (const word of [closing, again])
      expectDone(await renewAllowance(parties.payer, { closing: word, isWanted: false }));
    expect(await refusalOf(parties.payer, { closing: other, isWanted: false })).toBe('closing_mismatch');
    const stranger = await openWallet();
    expect(await refusalOf(stranger, { closing, isWanted: false })).toBe('allowance_unknown');
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 0 });
  });
});

describe('an allowance of an account that was frozen and opened again', () => {
  it('is over: its wallet closes it, has what it did not give at once, and is granted another', async () => {
    const sale = await sellOffline(parties.payer, parties.till, 600);
    const accountNumber = numberOf(parties.payer);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost', by: 'Ada' }));
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'open', reason: 'found', by: 'Ada' }));
    const { cards } = expectDone(await parties.payer.client.post<WalletAnswer>('wallet/sync'));
    expect(cards[0]).toMatchObject({ reservedMinor: 2_500, releases: [{ amountMinor: 2_500 }] });
    expect(cards[0]!.certificate).not.toBe(encodeBase64url(parties.payer.wallet.certificate));
    const renewed = expectDone(
      await renewAllowance(parties.payer, { closing: await createClosingText(parties.payer) }),
    );
    expect(renewed).toMatchObject({ card: { reservedMinor: 600 + 2_200, availableMinor: 2_200 } });
    expect(await outcomeOf(sale.byTill)).toBe('paid');
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 4_400, heldMinor: 2_200 });
    using desk = openDesk();
    const [live, ...others] = await desk.outstanding(accountNumber);
    expect([live!.status, others]).toEqual(['live', []]);
    const revoked = unwrap(await desk.revoke({ serial: live!.serial, reason: 'asked for' }));
    expect(await desk.revoke({ serial: live!.serial, reason: 'again' })).toEqual({ ok: true, value: revoked });
    expect(await desk.outstanding(accountNumber)).toMatchObject([{ status: 'revoked' }]);
    expect(await desk.revoke({ serial: '0011223344556677', reason: 'none' })).toMatchObject({
      code: 'allowance_unknown',
    });
  });
});

describe('the alarm', () => {
  it('gives back what nobody claimed, once the window is over', async () => {
    await sellOffline(parties.payer, parties.till, 500);
    wait(97 * HOUR_MS);
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 2_500 });
    expect(await ringAlarm()).toBe(true);
    expect(await balanceOf(parties.payer)).toMatchObject({ balanceMinor: 5_000, heldMinor: 0, availableMinor: 5_000 });
  });

  it('that should have rung long ago is not waited for: the runtime gave it up while the storage failed', async () => {
    await runInDurableObject(ledgerOf(), async (_, { storage }) => {
      const dueAtMs = nextReleaseAtMs(storage.sql)!;
      const armAt = async (nowMs: number) => {
        const release = vi.fn(async () => ({ ok: true, value: undefined }) as const);
        const setAlarm = vi.fn(async () => undefined);
        const overdue = { sql: storage.sql, getAlarm: async () => dueAtMs, setAlarm };
        const parts = { storage: overdue as unknown as DurableObjectStorage, now: () => nowMs, release };
        await new ReserveAlarm(parts).arm();
        return { released: release.mock.calls.length, set: setAlarm.mock.calls.length };
      };
      // About to ring; and lost.
      expect(await armAt(dueAtMs + 1_000)).toEqual({ released: 0, set: 0 });
      expect(await armAt(dueAtMs + HOUR_MS)).toEqual({ released: 1, set: 1 });
    });
  });

  it('that was lost is set again by who looks, as each start of the object and each grant does', async () => {
    await runInDurableObject(ledgerOf(), async (_, { storage }) => {
      await storage.deleteAlarm();
      const release = () => Promise.reject(new Error('nothing is due'));
      await new ReserveAlarm({ storage, now: Date.now, release }).arm();
      expect(await storage.getAlarm()).not.toBeNull();
      await storage.deleteAlarm();
    });
    await openPayer();
    expect(await runInDurableObject(ledgerOf(), (_, { storage }) => storage.getAlarm())).not.toBeNull();
  });

  it('that fails throws nothing, is written down, and is set again until it does its work', async () => {
    wait(97 * HOUR_MS);
    const stand = (statement: string) =>
      runInDurableObject(ledgerOf(), (_, { storage }) => {
        storage.sql.exec(statement);
      });
    await stand('ALTER TABLE allowances RENAME TO allowances_away');
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let times = 0; times < 8; times += 1) {
      expect(await ringAlarm()).toBe(true);
      expect(await runInDurableObject(ledgerOf(), (_, { storage }) => storage.getAlarm())).toBeGreaterThan(Date.now());
    }
    quiet.mockRestore();
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 2_500 });
    await stand('ALTER TABLE allowances_away RENAME TO allowances');
    using desk = openDesk();
    expect((await desk.exposure())!.alarmFailure).toMatchObject({ reason: expect.stringContaining('no such table') });
    expect(await ringAlarm()).toBe(true);
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 0 });
  });
});

describe('a phone that lost its storage', () => {
  it('has another key: what it had set aside comes back by itself, and it is granted a new allowance', async () => {
    const { authenticator, origin } = parties.payer.wallet;
    const client = createClient();
    const wallet = new TestWallet(await createSigningKey(false), authenticator, origin);
    const answer = expectDone(await signInWallet(client, wallet));
    const lost = { amountMinor: 2_500, atMs: parties.payer.wallet.allowance!.expiresAtMs + 72 * HOUR_MS };
    expect(answer.cards[0]).toMatchObject({ reservedMinor: 2_500, releases: [{ ...lost, isElsewhere: true }] });
    await wallet.adopt(decodeBase64url(answer.cards[0]!.certificate)!, await trustOf(answer.programme));
    const granted = await grantAllowance({ client, wallet, answer });
    expect(granted.card).toMatchObject({ reservedMinor: 2_500 + 1_250, availableMinor: 1_250 });
    // Its own is in its certificate; of the other phone's it hears until it is free, and of no other phone once it has ended.
    expect(granted.card.releases).toEqual([{ ...lost, isElsewhere: true }]);
    wait(25 * HOUR_MS);
    const later = expectDone(await client.post<WalletAnswer>('wallet/sync'));
    expect(later.cards[0]!.releases[0]).toEqual(lost);
    wait(72 * HOUR_MS);
    await ringAlarm();
    expect(await balanceOf(parties.payer)).toMatchObject({ heldMinor: 0, availableMinor: 5_000 });
  });
});
