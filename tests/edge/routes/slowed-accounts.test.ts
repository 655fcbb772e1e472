import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { createChargeCall, type EnrolledTill, type EnrolledWallet, makeRequest } from '../../support/enrol.ts';
import { type ConsoleVisitor, openConsole } from '../console/console-visitor.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

let visitor: ConsoleVisitor;
let till: EnrolledTill;
let wallet: EnrolledWallet;

beforeAll(async () => {
  visitor = await openConsole();
  till = await openTill();
});

beforeEach(async () => {
  wallet = await openWallet();
});

afterEach(async () => {
  vi.useRealTimers();
  expect(await ledgerOf().checkBooks()).toMatchObject({ faults: [] });
});

function passTime(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

/** Charges a fresh pay code of 5.00, in a fresh showing. */
async function charge(amountMinor: number): Promise<string> {
  const nowMs = Date.now();
  const payCode = await wallet.wallet.createPayCode(500, nowMs);
  const code = await wallet.wallet.show(payCode, nowMs - 300);
  const call = await createChargeCall(till, await makeRequest(till, amountMinor), code);
  const { body } = await createClient().post<PaymentAnswer>('pay-code-charges', call);
  return body.code ?? body.status;
}

async function refuseFive(): Promise<void> {
  for (let count = 0; count < 5; count += 1) expect(await charge(900)).toBe('pay_code_cap_exceeded');
}

describe('an account with many refused tries', () => {
  it('is slowed down, longer with each, and never for long', async () => {
    await refuseFive();
    expect(await charge(900)).toBe('account_slowed');
    // Honest ones wait too: nobody can tell them apart.
    expect(await charge(100)).toBe('account_slowed');
    passTime(2_100);
    expect(await charge(900)).toBe('pay_code_cap_exceeded');
    passTime(2_100);
    expect(await charge(900)).toBe('account_slowed');
    passTime(2_100);
    expect(await charge(100)).toBe('paid');
    passTime(600_000);
    expect(await charge(900)).toBe('pay_code_cap_exceeded');
    expect(await charge(100)).toBe('paid');
  });

  it('is slowed where the worker refuses, by whose phone made the code', async () => {
    await refuseFive();
    passTime(2_100);
    const nowMs = Date.now();
    const payCode = await wallet.wallet.createPayCode(500, nowMs);
    const code = await wallet.wallet.show(payCode, nowMs - 12_000);
    const changes = { capturedAtMs: [nowMs - 200, nowMs - 100] as const };
    const send = async () => {
      const call = await createChargeCall(till, await makeRequest(till, 100), code, changes);
      return (await createClient().post('pay-code-charges', call)).body.code;
    };
    expect(await send()).toBe('twin_code_stale');
    expect(await send()).toBe('account_slowed');
  });

  it('slows nobody else', async () => {
    await refuseFive();
    wallet = await openWallet('Other');
    expect(await charge(100)).toBe('paid');
  });

  it('still gets the first answer to what was paid', async () => {
    const nowMs = Date.now();
    const payCode = await wallet.wallet.createPayCode(500, nowMs);
    const call = await createChargeCall(
      till,
      await makeRequest(till, 100),
      await wallet.wallet.show(payCode, nowMs - 300),
    );
    const first = await createClient().post('pay-code-charges', call);
    await refuseFive();
    expect((await createClient().post('pay-code-charges', call)).body).toEqual(first.body);
  });

  it('stands in the console until somebody has seen it, and again after more', async () => {
    const { accountNumber } = wallet.answer.cards[0]!;
    const findFlag = async () => (await ledgerOf().accountFlags()).find((flag) => flag.accountNumber === accountNumber);
    for (let count = 0; count < 4; count += 1) await charge(900);
    expect(await findFlag()).toBeUndefined();
    await charge(900);
    await charge(900);
    const flag = (await findFlag())!;
    expect(flag).toMatchObject({
      tries: 6,
      reasons: [
        { code: 'pay_code_cap_exceeded', count: 5 },
        { code: 'account_slowed', count: 1 },
      ],
    });
    const page = await visitor.open('/centre/100001');
    expect(page.text).toContain('Cards with many refused tries');
    expect(page.html).toContain(`/centre/100001/accounts/${accountNumber}"`);

    const fields = { accountNumber, lastSequence: String(flag.lastSequence) };
    for (let time = 0; time < 2; time += 1)
      expect((await visitor.sendAndFollow('/centre/100001/flagged-cards', fields)).text).toContain('Marked as seen');
    expect(await findFlag()).toBeUndefined();
    passTime(3_000);
    await charge(900);
    expect(await findFlag()).toMatchObject({ tries: 1 });
    const nonsense = await visitor.send('/centre/100001/flagged-cards', { accountNumber, lastSequence: 'x' });
    expect(nonsense.status).toBe(404);
    const { accountNumber: unflagged } = (await openWallet('Other')).answer.cards[0]!;
    const others = await visitor.send('/centre/100001/flagged-cards', { ...fields, accountNumber: unflagged });
    expect(others.status).toBe(404);
  });
});
