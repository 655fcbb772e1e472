import { runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { openOfflineDesk } from '../../../edge/ledger/offline/open-offline-desk.ts';
import type { AuthoriseCall, PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import { type EnrolledTill, type EnrolledWallet, grantAllowance, renewAllowance } from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

export const HOUR_MS = 3_600_000;

/** Who meets in a test. */
export interface Parties {
  readonly till: EnrolledTill;
  readonly payer: EnrolledWallet;
}

/**
 * Call once in a file. Each of its tests has a payer of its own, and leaves whole books. They share a till, because activations are
 * limited for each address: a test that counts all that a till sold opens its own.
 */
export function enrolParties(): Parties {
  const parties = {} as { -readonly [Name in keyof Parties]: Parties[Name] };
  beforeAll(async () => {
    parties.till = await openTill();
  });
  beforeEach(async () => {
    parties.payer = await openPayer();
  });
  afterEach(expectWholeBooks);
  return parties;
}

/** Why a wallet is granted no allowance, or its call is refused. */
export async function refusalOf(wallet: EnrolledWallet, call = {}): Promise<string | undefined> {
  const { body } = await renewAllowance(wallet, call);
  return body.code ?? body.refusal;
}

/** A wallet with 25.00 of its 50.00 set aside for paying without network. */
export async function openPayer(): Promise<EnrolledWallet> {
  const payer = await openWallet();
  await grantAllowance(payer);
  return payer;
}

/** After each test, whatever it did: the books are whole, and the clock is right again. */
export async function expectWholeBooks(): Promise<void> {
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
  vi.useRealTimers();
}

/** The clock goes on, for tills, wallets and centre alike. */
export function wait(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

/** To the millisecond, however long the test has taken so far. */
export function waitUntil(atMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: atMs });
}

/** By whoever: the call proves itself. */
export function handIn(call: AuthoriseCall, client = createClient()): Promise<ApiAnswer<PaymentAnswer>> {
  return client.post<PaymentAnswer>('authorisations', call);
}

/** How a hand-in ends, in a word: the status, or the code. */
export async function outcomeOf(call: AuthoriseCall, client = createClient()): Promise<string> {
  const { body } = await handIn(call, client);
  return body.code ?? body.status;
}

export function numberOf({ answer }: EnrolledWallet) {
  return answer.cards[0]!.accountNumber;
}

/** What the books say of a wallet's account. */
export async function balanceOf(payer: EnrolledWallet) {
  const [view] = await ledgerOf().accountViews([numberOf(payer)]);
  const { balanceMinor, heldMinor, availableMinor, status } = view!;
  return { balanceMinor, heldMinor, availableMinor, status };
}

export function openDesk() {
  return openOfflineDesk(ledgerOf());
}

export function ringAlarm(): Promise<boolean> {
  return runDurableObjectAlarm(ledgerOf());
}
