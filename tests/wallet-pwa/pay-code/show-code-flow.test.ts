import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { SignedRequest } from '../../../shared/protocol/codes/pos-code.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../../shared/protocol/wire/pay-codes.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import type { KeptPayCode } from '../../../wallet-pwa/pay-code/kept-pay-code.ts';
import { ShowCodeFlow } from '../../../wallet-pwa/pay-code/show-code-flow.ts';
import type { PayState } from '../../../wallet-pwa/payment/pay-state.ts';
import { MemoryPayCodes } from '../support/memory-pay-codes.ts';
import { createTestProgramme } from '../support/test-programme.ts';
import { CODE_STATES } from './sample-pay-code.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const ORDER: SignedRequest = { request: Uint8Array.of(1), terminalCertificate: Uint8Array.of(2) };
const programme = await createTestProgramme(NOW_MS);

let codes: MemoryPayCodes;
let lunch: Card;
let gift: Card;
let nowMs: number;
let passkey: (code: KeptPayCode) => Promise<Result<Bytes>>;

function createFlow({ lastCapMinor, mode = 'split' }: { lastCapMinor?: number; mode?: 'split' | 'cross-check' } = {}) {
  const shown: (() => Promise<unknown>)[] = [];
  const parts = {
    codes,
    cards: () => [lunch, gift],
    settings: () => ({ ...DEFAULT_PAY_CODE_SETTINGS, mode, amountMinorMax: 100_000 }),
    lastCard: () => lunch.accountNumber,
    lastCapMinor: () => lastCapMinor,
    remember: vi.fn(),
    sync: vi.fn(async () => {}),
    askPasskey: (code: KeptPayCode) => {
      codes.log.push('passkey');
      return passkey(code);
    },
    loop: {
      start: (make: () => Promise<unknown>) => {
        codes.log.push('draw');
        shown.push(make);
      },
      stop: vi.fn(),
    },
    makeShowing: vi.fn(async () => ({ a: 'A', b: 'B' })),
    watch: { start: vi.fn(), stop: vi.fn() },
    settle: vi.fn(),
    openOrder: vi.fn(() => true),
    nowMs: () => nowMs,
  };
  return { flow: new ShowCodeFlow(parts), shown, ...parts };
}

async function show(options?: Parameters<typeof createFlow>[0]) {
  const made = createFlow(options);
  made.flow.open();
  await made.flow.confirm();
  expect(made.flow.state.value.status).toBe('showing');
  return made;
}

beforeEach(() => {
  codes = new MemoryPayCodes();
  lunch = programme.card(1, 8_000);
  gift = programme.card(2, 500);
  nowMs = NOW_MS;
  passkey = async () => accept(Uint8Array.of(9));
});

describe('showing a code', () => {
  it('is on the disk before the passkey is asked, and signed on the disk before the first code is drawn', async () => {
    await show();
    expect(codes.log).toEqual(['prepare', 'passkey', 'confirm', 'draw']);
    expect(codes.only).toMatchObject({
      capMinor: 2_500,
      accountNumber: lunch.accountNumber,
      state: { status: 'confirmed' },
    });
  });

  it('asks for the passkey once, however often the button is tapped', async () => {
    const { flow } = createFlow();
    flow.open();
    await Promise.all([flow.confirm(), flow.confirm(), flow.confirm()]);
    expect(codes.log.filter((what) => what === 'passkey')).toHaveLength(1);
  });

  it('draws nothing, and loses nothing, when the passkey is closed', async () => {
    const { flow } = createFlow();
    passkey = async () => refuse('passkey_cancelled');
    flow.open();
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'choosing', notice: 'passkey_cancelled' });
    expect(codes.log).toEqual(['prepare', 'passkey', 'drop']);
  });

  it('asks nobody for a passkey when the phone cannot store', async () => {
    const { flow } = createFlow();
    codes.isFull = true;
    flow.open();
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'choosing', notice: 'storage_failed' });
    expect(codes.log).toEqual([]);
  });

  it('draws nothing when the signature could not be stored', async () => {
    const { flow } = createFlow();
    passkey = async () => {
      codes.isFull = true;
      return accept(Uint8Array.of(9));
    };
    flow.open();
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'choosing', notice: 'storage_failed' });
    expect(codes.log).not.toContain('draw');
  });

  it('remembers the amount only when it was set by hand', async () => {
    const { remember } = await show();
    expect(remember).toHaveBeenCalledWith(lunch.accountNumber, undefined);
    codes = new MemoryPayCodes();
    const second = createFlow();
    second.flow.open();
    second.flow.stepCap(1);
    await second.flow.confirm();
    expect(second.remember).toHaveBeenCalledWith(lunch.accountNumber, 3_000);
    expect(codes.only.capMinor).toBe(3_000);
  });

  it('starts with the amount of the card chosen, unless one was set by hand', () => {
    const { flow } = createFlow();
    flow.open();
    flow.chooseCard(gift.accountNumber);
    expect(flow.state.value).toMatchObject({ choice: { accountNumber: gift.accountNumber, capMinor: 500 } });
    flow.stepCap(1);
    flow.chooseCard(lunch.accountNumber);
    expect(flow.state.value).toMatchObject({ choice: { accountNumber: lunch.accountNumber, capMinor: 1_000 } });
  });
});

describe('what a card needs to show codes', () => {
  it('is a certificate that lasts until the code is over; the centre is asked once for a new one', async () => {
    lunch = { ...lunch, certificateExpiresAtMs: NOW_MS + 30_000 };
    const { flow, sync } = createFlow();
    flow.open();
    await flow.confirm();
    expect(sync).toHaveBeenCalledTimes(1);
    expect(flow.state.value).toMatchObject({ status: 'choosing', notice: 'certificate_expired' });
    expect(codes.log).toEqual([]);
    sync.mockImplementationOnce(async () => {
      lunch = { ...lunch, certificateExpiresAtMs: NOW_MS + 86_400_000 };
    });
    await flow.confirm();
    expect(flow.state.value.status).toBe('showing');
  });

  it('is its secret too, where the programme asks for check values', async () => {
    const { flow } = createFlow({ mode: 'cross-check' });
    flow.open();
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ notice: 'certificate_expired' });
  });

  it('is that it was not stopped', async () => {
    lunch = { ...lunch, status: 'frozen' };
    const { flow } = createFlow();
    flow.open();
    flow.chooseCard(lunch.accountNumber);
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ notice: 'account_frozen' });
  });
});

describe('the end of a code', () => {
  const paidOf = (code: KeptPayCode): KeptPayCode => ({ ...code, state: CODE_STATES.paid });

  it('comes by itself when the centre says that it paid', async () => {
    const { flow, watch, loop } = await show();
    flow.hear(paidOf(codes.only));
    expect(flow.state.value.status).toBe('paid');
    expect(watch.stop).toHaveBeenCalled();
    expect(loop.stop).toHaveBeenCalled();
  });

  it('is after a minute, and what was scanned in the last seconds is still heard', async () => {
    const { flow, loop } = await show();
    flow.expire();
    expect(loop.stop).toHaveBeenCalled();
    expect(flow.state.value.status).toBe('over');
    expect(flow.isWatching(codes.only.id)).toBe(true);
    flow.hear(paidOf(codes.only));
    expect(flow.state.value.status).toBe('paid');
  });

  it('is a new consent with the same amount and card when another code is wanted', async () => {
    const { flow } = await show({ lastCapMinor: 4_000 });
    flow.expire();
    await flow.again();
    expect(flow.state.value.status).toBe('showing');
    const [first, second] = [...codes.rows.values()];
    expect(second).toMatchObject({ capMinor: 4_000 as AmountMinor, accountNumber: first!.accountNumber });
    expect(second!.id).not.toBe(first!.id);
    expect(codes.log.filter((what) => what === 'passkey')).toHaveLength(2);
  });

  it('is that the person takes it back; the settler tells the centre', async () => {
    const { flow, settle } = await show();
    flow.leave();
    await vi.waitFor(() => expect(settle).toHaveBeenCalled());
    expect(flow.state.value.status).toBe('none');
    expect(codes.only.state.status).toBe('withdrawn');
  });

  it('is taken back at once when the screen was left before the passkey answered', async () => {
    const { flow } = createFlow();
    passkey = async () => {
      flow.leave();
      return accept(Uint8Array.of(9));
    };
    flow.open();
    await flow.confirm();
    expect(flow.state.value.status).toBe('none');
    await vi.waitFor(() => expect(codes.only.state.status).toBe('withdrawn'));
  });
});

describe('after a crash or a reload', () => {
  it('goes on without another passkey, as long as its minute lasts', async () => {
    await show();
    nowMs += 40_000;
    const { flow } = createFlow();
    await flow.resume();
    expect(flow.state.value.status).toBe('showing');
    expect(codes.log.filter((what) => what === 'passkey')).toHaveLength(1);
  });

  it('is left to the settler afterwards', async () => {
    await show();
    nowMs += 60_000;
    const { flow } = createFlow();
    await flow.resume();
    expect(flow.state.value.status).toBe('none');
  });

  it('shows nothing that nobody confirmed, and lets go of it in time', async () => {
    passkey = () => new Promise(() => {});
    const before = createFlow();
    before.flow.open();
    void before.flow.confirm();
    await vi.waitFor(() => expect(codes.log).toContain('passkey'));
    const { flow } = createFlow();
    await flow.resume();
    expect([flow.state.value.status, codes.only.state.status]).toEqual(['none', 'prepared']);
    nowMs += 61_000;
    await flow.resume();
    expect(codes.only.state.status).toBe('dropped');
  });
});

describe('a shop that asks for more than the code covers', () => {
  const sheet = (status: PayState['status']) => ({ status }) as PayState;

  it('gets the ordinary sheet with its order; the code is not shown meanwhile', async () => {
    const { flow, openOrder, loop } = await show();
    flow.hear(codes.only, ORDER);
    expect(openOrder).toHaveBeenCalledWith(ORDER, lunch.accountNumber);
    expect(flow.state.value.status).toBe('asked');
    expect(loop.stop).toHaveBeenCalled();
    flow.hear(codes.only, ORDER);
    expect(openOrder).toHaveBeenCalledTimes(1);
  });

  it('waits while another payment is open', async () => {
    const { flow, openOrder } = await show();
    openOrder.mockReturnValueOnce(false);
    flow.hear(codes.only, ORDER);
    expect(flow.state.value.status).toBe('showing');
  });

  it('is declined when the sheet is closed without a consent', async () => {
    const { flow, settle } = await show();
    flow.hear(codes.only, ORDER);
    for (const status of ['opening', 'asking', 'none'] as const) flow.hearPayment(sheet(status));
    await vi.waitFor(() => expect(settle).toHaveBeenCalled());
    expect([flow.state.value.status, codes.only.state.status]).toEqual(['none', 'withdrawn']);
  });

  it('is not declined any more once the person consented: the order is a payment in its own right', async () => {
    const { flow, settle } = await show();
    flow.hear(codes.only, ORDER);
    for (const status of ['asking', 'confirming', 'sending', 'none'] as const) flow.hearPayment(sheet(status));
    expect([flow.state.value.status, codes.only.state.status]).toEqual(['none', 'ended']);
    expect(settle).not.toHaveBeenCalled();
  });
});
