import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { createIntent } from '../../../wallet-pwa/payment/create-intent.ts';
import { PayFlow } from '../../../wallet-pwa/payment/pay-flow.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { MemoryIntents } from '../support/memory-intents.ts';
import { createTestProgramme, type TestProgramme } from '../support/test-programme.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);

let programme: TestProgramme;
let intents: MemoryIntents;
let lunch: Card;
let gift: Card;
let nowMs: number;
let passkey: (intent: PaymentIntent) => Promise<Result<Bytes>>;
let hasKeys: boolean;

function createFlow() {
  const handedIn: PaymentIntent[] = [];
  const remembered: AccountNumber[] = [];
  const sync = vi.fn(async () => {
    hasKeys = true;
  });
  const flow = new PayFlow({
    intents,
    knowledge: async () => ({ ...programme.knowledge, nowMs, ...(!hasKeys && { contentKeys: [] }) }),
    cards: () => [lunch, gift],
    lastCard: () => lunch.accountNumber,
    rememberCard: (accountNumber) => remembered.push(accountNumber),
    sync,
    createIntent: (order, card, place) => createIntent(order, card, nowMs, programme.deviceKey, place),
    freeAllowance: async () => refuse('no_network'),
    claimUntilMs: () => nowMs + 86_400_000,
    readAcceptance: async () => refuse('code_unreadable'),
    askPasskey: (intent) => {
      intents.log.push('passkey');
      return passkey(intent);
    },
    handIn: (intent) => {
      intents.log.push('hand in');
      handedIn.push(intent);
    },
    nowMs: () => nowMs,
  });
  return { flow, handedIn, remembered, sync };
}

beforeEach(async () => {
  programme = await createTestProgramme(NOW_MS);
  intents = new MemoryIntents();
  lunch = programme.card(1, 2_000);
  gift = programme.card(2, 500);
  nowMs = NOW_MS;
  hasKeys = true;
  passkey = async () => accept(Uint8Array.of(9));
});

describe('a payment', () => {
  it('is on the disk before the passkey is asked, and signed on the disk before it is handed in', async () => {
    const { flow, handedIn, remembered } = createFlow();
    await flow.open(await programme.showCode(1_250));
    expect(flow.state.value).toMatchObject({ status: 'asking', accountNumber: lunch.accountNumber });
    await flow.confirm();
    expect(intents.log).toEqual([`prepare ${lunch.accountNumber}`, 'passkey', 'sign', 'hand in']);
    expect(handedIn[0]?.state).toMatchObject({ status: 'signed' });
    expect(remembered).toEqual([lunch.accountNumber]);
    expect(flow.state.value.status).toBe('sending');
  });

  it('asks for the passkey once, however often the button is tapped', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    await Promise.all([flow.confirm(), flow.confirm(), flow.confirm()]);
    expect(intents.log.filter((what) => what === 'passkey')).toHaveLength(1);
  });

  it('signs the same authorisation again after the passkey was closed', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = async () => refuse('passkey_cancelled');
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'asking', notice: 'passkey_cancelled' });
    passkey = async () => accept(Uint8Array.of(9));
    nowMs += 5_000;
    await flow.confirm();
    expect(intents.rows.size).toBe(1);
    expect(intents.log.filter((what) => what.startsWith('prepare'))).toHaveLength(1);
  });

  it('burns the unsigned authorisation when another card is chosen: of one request one consent is alive', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(400));
    passkey = async () => refuse('passkey_cancelled');
    await flow.confirm();
    flow.chooseCard(gift.accountNumber);
    passkey = async () => accept(Uint8Array.of(9));
    await flow.confirm();
    const states = [...intents.rows.values()].map(({ accountNumber, state }) => [accountNumber, state.status]);
    expect(states).toEqual([
      [lunch.accountNumber, 'dropped'],
      [gift.accountNumber, 'signed'],
    ]);
  });

  it('asks nobody for a passkey when the phone cannot store', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    intents.isFull = true;
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'asking', notice: 'storage_failed' });
    expect(intents.log).toEqual([]);
  });

  it('hands in nothing when the signature could not be stored', async () => {
    const { flow, handedIn } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = async () => {
      intents.isFull = true;
      return accept(Uint8Array.of(9));
    };
    await flow.confirm();
    expect(flow.state.value).toMatchObject({ status: 'asking', notice: 'storage_failed' });
    expect(handedIn).toEqual([]);
  });

  it('is dropped when the sheet is closed before anyone signed', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = async () => refuse('passkey_cancelled');
    await flow.confirm();
    flow.close();
    await Promise.resolve();
    expect([...intents.rows.values()][0]?.state.status).toBe('dropped');
  });
});

describe('a sheet', () => {
  it('whose time is over drops what nobody signed', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = async () => refuse('passkey_cancelled');
    await flow.confirm();
    flow.expire();
    await Promise.resolve();
    expect(flow.state.value).toEqual({ status: 'rejected', code: 'request_expired' });
    expect([...intents.rows.values()][0]?.state.status).toBe('dropped');
  });

  it('answers again after a surprise', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = async () => {
      throw new TypeError('the browser is broken');
    };
    await expect(flow.confirm()).rejects.toThrow('broken');
    expect(flow.state.value).toMatchObject({ status: 'asking', notice: 'internal' });
  });
});

describe('a code', () => {
  it('of yesterday’s key is worth one sync', async () => {
    hasKeys = false;
    const { flow, sync } = createFlow();
    await flow.open(await programme.showCode(1_250));
    expect(sync).toHaveBeenCalledTimes(1);
    expect(flow.state.value.status).toBe('asking');
  });

  it('that is none is rejected without asking the centre', async () => {
    const { flow, sync } = createFlow();
    await flow.open('https://example.org/menu');
    expect(flow.state.value).toEqual({ status: 'rejected', code: 'code_unreadable' });
    expect(sync).not.toHaveBeenCalled();
  });

  it('with one letter changed is rejected', async () => {
    const { flow, sync } = createFlow();
    const code = await programme.showCode(1_250);
    const last = code.at(-20) === 'A' ? 'B' : 'A';
    await flow.open(code.slice(0, -20) + last + code.slice(-19));
    expect(flow.state.value).toEqual({ status: 'rejected', code: 'code_tampered' });
    expect(sync).toHaveBeenCalledTimes(1);
  });

  it('of a programme that was begun again is not called changed: the sync that finds out closes the sheet', async () => {
    const { flow, sync } = createFlow();
    sync.mockImplementation(async () => flow.close());
    const other = await createTestProgramme(NOW_MS);
    await flow.open(await other.showCode(1_250));
    expect(flow.state.value).toEqual({ status: 'none' });
  });

  it('that has run out is rejected', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250, NOW_MS - 200_000));
    expect(flow.state.value).toEqual({ status: 'rejected', code: 'request_expired' });
  });

  it('already paid shows that payment, and asks for nothing', async () => {
    const { flow } = createFlow();
    const code = await programme.showCode(1_250);
    await flow.open(code);
    await flow.confirm();
    const [intent] = intents.rows.values();
    const receipt = await programme.signReceipt(intent!);
    const paid = await intents.apply(intent!.id, { kind: 'pay', receipt, decidedAtMs: nowMs, sequence: 7 });
    flow.hear({ kind: 'ended', intent: paid });
    flow.close();
    await flow.open(code);
    expect(flow.state.value).toEqual({ status: 'paid', intent: paid, isRepeated: true });
  });

  it('signed and not answered is handed in again, not signed again', async () => {
    const { flow, handedIn } = createFlow();
    const code = await programme.showCode(1_250);
    await flow.open(code);
    await flow.confirm();
    flow.close();
    await flow.open(code);
    expect(flow.state.value.status).toBe('sending');
    expect(handedIn.map(({ id }) => id)).toEqual([handedIn[0]?.id, handedIn[0]?.id]);
    expect(intents.log.filter((what) => what === 'passkey')).toHaveLength(1);
  });
});

describe('after a restart', () => {
  async function interrupt(): Promise<void> {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    passkey = () => new Promise(() => {});
    void flow.confirm();
    await vi.waitFor(() => expect(intents.log).toContain('passkey'));
    passkey = async () => accept(Uint8Array.of(9));
  }

  it('the interrupted payment is on the sheet again, and the same authorisation is signed', async () => {
    await interrupt();
    const [before] = intents.rows.keys();
    const { flow, handedIn } = createFlow();
    nowMs += 20_000;
    await flow.resume();
    expect(flow.state.value).toMatchObject({ status: 'asking', accountNumber: lunch.accountNumber });
    await flow.confirm();
    expect(handedIn.map(({ id }) => id)).toEqual([before]);
  });

  it('the same authorisation is signed when the code’s link opens it again', async () => {
    await interrupt();
    const [before] = intents.rows.values();
    const { flow, handedIn } = createFlow();
    const link = await programme.showAgain(before!);
    await flow.open(link);
    await flow.confirm();
    expect(handedIn.map(({ id }) => id)).toEqual([before!.id]);
  });

  it('an unanswered one is shown as being checked, unless a new code was followed', async () => {
    const { flow, handedIn } = createFlow();
    await flow.open(await programme.showCode(300));
    await flow.confirm();
    const [old] = handedIn;
    const alone = createFlow().flow;
    alone.showChecking(old!);
    expect(alone.state.value).toMatchObject({ status: 'sending', isSlow: true });
    const { flow: next } = createFlow();
    const opening = next.open(await programme.showCode(400));
    next.showChecking(old!);
    await opening;
    expect(next.state.value).toMatchObject({ status: 'asking', order: { request: { amountMinor: 400 } } });
  });

  it('one that the till has taken is not shown to it again', async () => {
    const { flow, handedIn } = createFlow();
    await flow.open(await programme.showCode(300));
    await flow.confirm();
    const [given] = handedIn;
    if (given?.state.status !== 'signed') throw new Error('It was not signed.');
    const taken = { ...given, state: { ...given.state, acceptance: Uint8Array.of(1) } };
    const alone = createFlow().flow;
    alone.showChecking(taken);
    expect(alone.state.value).toEqual({ status: 'accepted', intent: taken });
    alone.hear({ kind: 'waiting', intent: taken, code: 'no_network' });
    expect(alone.state.value.status).toBe('accepted');
  });

  it('one that has run out is let go of', async () => {
    await interrupt();
    const { flow } = createFlow();
    nowMs += 200_000;
    await flow.resume();
    expect(flow.state.value.status).toBe('none');
    expect([...intents.rows.values()][0]?.state.status).toBe('dropped');
  });
});

describe('after "not enough money on this card"', () => {
  it('the same request can be paid with another card', async () => {
    const { flow, handedIn } = createFlow();
    await flow.open(await programme.showCode(400));
    await flow.confirm();
    const refused = await intents.apply(handedIn[0]!.id, { kind: 'refuse', code: 'insufficient_balance', atMs: nowMs });
    flow.hear({ kind: 'ended', intent: refused });
    expect(flow.state.value.status).toBe('not-paid');
    await flow.tryOtherCard();
    expect(flow.state.value).toMatchObject({ status: 'asking', accountNumber: gift.accountNumber });
    await flow.confirm();
    expect(handedIn[1]).toMatchObject({ accountNumber: gift.accountNumber });
  });
});

describe('an order that goes beyond the code shown', () => {
  async function orderOf(amountMinor: number) {
    const request = await programme.terminal.createRequest(amountMinor, nowMs);
    return { request: request.document, terminalCertificate: programme.terminal.certificate };
  }

  it('comes on the ordinary sheet, with the card of the code, and says why', async () => {
    const { flow } = createFlow();
    expect(flow.openOrder(await orderOf(400), gift.accountNumber)).toBe(true);
    await vi.waitFor(() => expect(flow.state.value.status).toBe('asking'));
    expect(flow.state.value).toMatchObject({ accountNumber: gift.accountNumber, order: { isBeyondCode: true } });
    await flow.confirm();
    expect(intents.log.at(-1)).toBe('hand in');
  });

  it('does not come while another payment is open', async () => {
    const { flow } = createFlow();
    await flow.open(await programme.showCode(1_250));
    const before = flow.state.value;
    expect(flow.openOrder(await orderOf(400), gift.accountNumber)).toBe(false);
    expect(flow.state.value).toBe(before);
  });

  it('is looked at as closely as one that was scanned', async () => {
    const { flow } = createFlow();
    const { request } = await orderOf(400);
    flow.openOrder({ request, terminalCertificate: Uint8Array.of(1) }, gift.accountNumber);
    await vi.waitFor(() => expect(flow.state.value.status).toBe('rejected'));
  });
});
