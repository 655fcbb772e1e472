import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { CardAnswer, WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../support/api-client.ts';
import { createAuthoriseCall, type EnrolledWallet, requestPayment, trustOf } from '../support/enrol.ts';
import { openReceipt } from './support/check-centre.ts';
import { type Answer, handIn, paymentOf, problemOf } from './support/hand-in.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';

const PAYERS = 200;
/** As many cards as a customer may have. */
const CARDS_EACH = 10;
const AMOUNT_MINOR = 1_250;

let centre: OpenCentre;
let trust: CentreTrust;
const cards: { readonly wallet: EnrolledWallet; readonly card: CardAnswer }[] = [];

beforeAll(async () => {
  centre = await openCentre({ tills: 1, wallets: PAYERS / CARDS_EACH, balanceMinor: AMOUNT_MINOR });
  trust = await trustOf(centre.tills[0]!.answer.programme);
  for (const wallet of centre.wallets) {
    for (let count = 1; count < CARDS_EACH; count += 1)
      expectDone(await wallet.client.post('wallet/cards', { label: `Card ${count}` }));
    const synced = expectDone(await wallet.client.post<WalletAnswer>('wallet/sync'));
    for (const card of synced.cards) cards.push({ wallet, card });
  }
  await Promise.all(
    cards.map(({ card: { accountNumber, availableMinor } }) =>
      availableMinor > 0
        ? undefined
        : centre.administration.post('accounts/top-ups', {
            accountNumber,
            amountMinor: AMOUNT_MINOR,
            reference: `card-${accountNumber}`,
          }),
    ),
  );
});

afterAll(() => centre?.close());

async function consent({ wallet, card }: (typeof cards)[number], ...[till, request]: ConsentTo): Promise<object> {
  await wallet.wallet.adopt(decodeBase64url(card.certificate)!, trust);
  return createAuthoriseCall(wallet, till, request);
}
type ConsentTo = [OpenCentre['tills'][number], Awaited<ReturnType<typeof requestPayment>>['request']];

function handInAtOnce(calls: readonly object[]): Promise<Answer[]> {
  return Promise.all(calls.map(async (call) => (await handIn(centre.createClient(), 'authorisations', call))!));
}

/** Of every card, page by page. */
async function loadBalances(): Promise<Map<string, number>> {
  const balances = new Map<string, number>();
  let before: string | undefined;
  do {
    const query = before === undefined ? '' : `?before=${before}`;
    const { accounts } = await centre.administration.get<{ accounts: CardAnswer[] }>(`accounts${query}`);
    for (const { accountNumber, availableMinor } of accounts) balances.set(accountNumber, availableMinor);
    before = accounts.at(-1)?.accountNumber;
  } while (before !== undefined);
  return balances;
}

describe('one request', () => {
  it('is paid by one of 200 cards that consent at once, and the others keep their money', async () => {
    const till = centre.tills[0]!;
    const { request } = await requestPayment(till, AMOUNT_MINOR);
    expect(cards).toHaveLength(PAYERS);
    const calls: object[] = [];
    for (const card of cards) calls.push(await consent(card, till, request));
    const answers = await handInAtOnce(calls);

    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map((answer) => problemOf(answer).code))).toEqual(new Set(['already_paid']));
    const receipt = await openReceipt(paymentOf(winners[0]!).receipt, trust);
    const winner = cards[answers.indexOf(winners[0]!)]!;
    expect(receipt.cardEnding).toBe(winner.card.accountNumber.slice(-4));
    const left = await loadBalances();
    expect(left.size).toBe(PAYERS);
    for (const [accountNumber, availableMinor] of left)
      expect(availableMinor).toBe(accountNumber === winner.card.accountNumber ? 0 : AMOUNT_MINOR);
    // What each was told stays what each was told.
    expect(await handInAtOnce(calls)).toEqual(answers);
    expect(await centre.administration.availableMinor(centre.merchant.accountNumber)).toBe(AMOUNT_MINOR);
  });

  it('is paid once by one consent that comes 200 times at once, and each is answered the same', async () => {
    const before = await centre.administration.availableMinor(centre.merchant.accountNumber);
    const till = centre.tills[0]!;
    const { request } = await requestPayment(till, AMOUNT_MINOR);
    const [funded] = [...(await loadBalances())].find(([, availableMinor]) => availableMinor >= AMOUNT_MINOR)!;
    const payer = cards.find(({ card }) => card.accountNumber === funded)!;
    const call = await consent(payer, till, request);
    const answers = await handInAtOnce(Array.from({ length: PAYERS }, () => call));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(paymentOf(answers[0]!).status).toBe('paid');
    expect(await centre.administration.availableMinor(centre.merchant.accountNumber)).toBe(before + AMOUNT_MINOR);
  });

  it('is handed in once, however often the till sends it at once', async () => {
    const till = centre.tills[0]!;
    const { document } = await till.terminal.createRequest(AMOUNT_MINOR, Date.now());
    const call = {
      request: encodeBase64url(document),
      terminalCertificate: encodeBase64url(till.terminal.certificate),
    };
    const answers = await Promise.all(
      Array.from({ length: PAYERS }, () => handIn(centre.createClient(), 'requests', call)),
    );
    expect(new Set(answers.map((answer) => answer?.text)).size).toBe(1);
    expect(paymentOf(answers[0]!).status).toBe('waiting');
  });

  it('leaves whole books', async () => {
    expect(await centre.administration.get('books-check')).toMatchObject({ faults: [], isWhole: true });
  });
});
