import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { PASSKEY_PURPOSES } from '../../shared/protocol/passkey/challenge.ts';
import type { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import { type ApiAnswer, expectDone } from '../support/api-client.ts';
import { createTestTerminal, createTestWallet } from '../support/devices.ts';
import { challengeOf } from '../support/enrol.ts';
import { type Answer, handIn, paymentOf, problemOf } from './support/hand-in.ts';
import { makeSale } from './support/make-sale.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';

const RACERS = 20;
const BALANCE_MINOR = 5_000;

let centre: OpenCentre;

beforeAll(async () => {
  centre = await openCentre({ tills: 4, wallets: RACERS, balanceMinor: BALANCE_MINOR });
});

afterAll(() => centre?.close());

function race<T>(run: (racer: number) => Promise<T>, racers = RACERS): Promise<T[]> {
  return Promise.all(Array.from({ length: racers }, (_, racer) => run(racer)));
}

/** One came through; all the others got the same refusal. */
function expectOneWinner(answers: readonly Pick<ApiAnswer<unknown>, 'status' | 'body'>[], code: string): void {
  const losers = answers.filter(({ status }) => status !== 200);
  expect(losers).toHaveLength(answers.length - 1);
  expect(new Set(losers.map(({ body }) => (body as { code?: string }).code))).toEqual(new Set([code]));
}

describe('what is there once, asked for by many at the same moment', () => {
  it('makes one of many tablets the terminal', async () => {
    const terminal = await centre.administration.post<{ terminalId: string }>('terminals', {
      merchantNo: centre.merchant.merchantNo,
    });
    const { code } = await centre.administration.post<{ code: string }>('terminals/activation-codes', {
      terminalId: terminal.terminalId,
    });
    const tablets = await race(createTestTerminal);
    const answers = await race(async (racer) => {
      const activation = encodeBase64url(await tablets[racer]!.createActivation(code, Date.now()));
      return centre.createClient().post('terminals/activate', { activation });
    });
    expectOneWinner(answers, 'activation_code_invalid');
  });

  it('gives a card to one of many customers', async () => {
    const { claim } = await centre.administration.post<{ claim: { code: string } }>('accounts', { label: 'Gift' });
    const answers = await race((racer) =>
      centre.wallets[racer]!.client.post<WalletAnswer>('wallet/cards/claim', { claimCode: claim.code }),
    );
    expectOneWinner(answers, 'claim_code_invalid');
  });

  it('opens one session for one hello', async () => {
    const { terminal } = centre.tills[0]!;
    const call = {
      hello: encodeBase64url(await terminal.createHello(Date.now())),
      terminalCertificate: encodeBase64url(terminal.certificate),
    };
    expectOneWinner(await race(() => centre.createClient().post('terminals/session', call)), 'ceremony_expired');
  });

  it('signs in once with one answer of a passkey', async () => {
    const { wallet, client } = centre.wallets[0]!;
    const begun = expectDone(await client.post<CeremonyAnswer>('wallet/sign-in-options'));
    const { serverChallenge, challenge } = await challengeOf(begun, PASSKEY_PURPOSES.walletSignIn);
    const response = await wallet.authenticator.assert(challenge);
    const binding = encodeBase64url(await wallet.createBinding(serverChallenge));
    const call = { ceremony: begun.ceremony, response, binding };
    expectOneWinner(await race(() => centre.createClient().post('wallet/sign-in', call)), 'ceremony_expired');
  });

  it('registers a passkey for one of many customers', async () => {
    const thief = await createTestWallet(centre.server.origin);
    const calls = await race(async () => {
      const client = centre.createClient();
      const begun = expectDone(await client.post<CeremonyAnswer>('wallet/registration-options', { name: 'Robin' }));
      const { serverChallenge, challenge } = await challengeOf(begun, PASSKEY_PURPOSES.walletRegistration);
      const phone = await createTestWallet(centre.server.origin);
      const response = await thief.authenticator.register(challenge);
      return {
        ceremony: begun.ceremony,
        response,
        binding: encodeBase64url(await phone.createBinding(serverChallenge)),
      };
    });
    const answers = await race((racer) => centre.createClient().post('wallet/registration', calls[racer]));
    expectOneWinner(answers, 'passkey_exists');
  });
});

describe('money, asked for by many at the same moment', () => {
  it('comes in once under one reference', async () => {
    const { accountNumber } = centre.wallets[1]!.answer.cards[0]!;
    const call = { accountNumber, amountMinor: 1_000, reference: 'race-top-up-1' };
    const answers = await race(() => centre.administration.post<object>('accounts/top-ups', call));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await centre.administration.availableMinor(accountNumber)).toBe(BALANCE_MINOR + 1_000);
  });

  it('is spent only as far as there is any, at however many tills at once', async () => {
    const wallet = centre.wallets[2]!;
    const amountMinor = BALANCE_MINOR / 5;
    const sales = await race((racer) => makeSale(centre.tills[racer % centre.tills.length]!, wallet, amountMinor), 40);
    await Promise.all(sales.map((sale) => handIn(centre.createClient(), 'requests', sale.request)));
    const answers = (await Promise.all(
      sales.map((sale) => handIn(centre.createClient(), 'authorisations', sale.authorisation)),
    )) as Answer[];
    const paid = answers.filter(({ status }) => status === 200);
    expect(paid.map((answer) => paymentOf(answer).status)).toEqual(['paid', 'paid', 'paid', 'paid', 'paid']);
    const refused = answers.filter(({ status }) => status !== 200).map((answer) => problemOf(answer).code);
    expect(new Set(refused)).toEqual(new Set(['insufficient_balance']));
    expect(await centre.administration.availableMinor(wallet.answer.cards[0]!.accountNumber)).toBe(0);
    expect(await centre.administration.get('books-check')).toMatchObject({ faults: [], isWhole: true });
  });
});
