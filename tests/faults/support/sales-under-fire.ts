import { expect } from 'vitest';
import type { ApiClient } from '../../support/api-client.ts';
import type { EnrolledTill, EnrolledWallet } from '../../support/enrol.ts';
import { type Answer, handIn, handInUntilFinal, isFinal, type MoneyPath, paymentOf, problemOf } from './hand-in.ts';
import { inParallel } from './in-parallel.ts';
import { makeSale, type Sale } from './make-sale.ts';
import type { OpenCentre } from './open-centre.ts';

/** A sale, and what the centre acknowledged of it before it was killed. */
export interface SaleUnderFire {
  readonly sale: Sale;
  /** The till takes it back at the moment in which the customer consents: one of both it must be. */
  readonly isTakenBack: boolean;
  readonly acknowledged: Partial<Record<'request' | 'authorisation' | 'cancellation', Answer | undefined>>;
  /** What the centre said that decided nothing: "not now". */
  readonly errors: Answer[];
}

/** A sale with its final answer, the same for all who ask. */
export interface SettledSale {
  readonly fire: SaleUnderFire;
  readonly final: Answer;
}

/** Hands in one new sale, every document once; what was not answered stays open. */
export async function sellUnderFire(sales: SaleUnderFire[], till: EnrolledTill, wallet: EnrolledWallet): Promise<void> {
  const sale = await makeSale(till, wallet, 1 + Math.floor(Math.random() * 1_000));
  const fire: SaleUnderFire = { sale, isTakenBack: Math.random() < 0.15, acknowledged: {}, errors: [] };
  sales.push(fire);
  const { acknowledged } = fire;
  const tell = async (client: ApiClient, path: MoneyPath, call: object) => {
    const answer = await handIn(client, path, call);
    if (answer && !isFinal(answer)) fire.errors.push(answer);
    return answer && isFinal(answer) ? answer : undefined;
  };
  acknowledged.request = await tell(till.client, 'requests', sale.request);
  if (!acknowledged.request) return;
  const cancel = fire.isTakenBack && tell(till.client, 'requests/cancel', sale.cancellation);
  // Now and then twice at once, as from an impatient network.
  const repeat = Math.random() < 0.1 && tell(wallet.client, 'authorisations', sale.authorisation);
  acknowledged.authorisation = await tell(wallet.client, 'authorisations', sale.authorisation);
  acknowledged.cancellation = (await cancel) || undefined;
  const repeated = (await repeat) || undefined;
  if (repeated && acknowledged.authorisation) expect(repeated).toEqual(acknowledged.authorisation);
  acknowledged.authorisation ??= repeated;
}

/** Hands all documents in again, as outboxes do after a crash, and compares with what was said before it. */
export async function settleAll(
  centre: Pick<OpenCentre, 'createClient'>,
  sales: readonly SaleUnderFire[],
  atOnce: number,
): Promise<SettledSale[]> {
  const settled: SettledSale[] = [];
  await inParallel(sales, atOnce, async (fire) => {
    const { sale, acknowledged } = fire;
    const client = centre.createClient();
    const request = await handInUntilFinal(client, 'requests', sale.request);
    expect(paymentOf(request).expiresAtMs).toBe(paymentOf(acknowledged.request ?? request).expiresAtMs);
    // Where neither was decided yet, either may come first now.
    const cancel = fire.isTakenBack ? handInUntilFinal(client, 'requests/cancel', sale.cancellation) : undefined;
    const final = await handInUntilFinal(client, 'authorisations', sale.authorisation);
    if (acknowledged.authorisation) expect(final).toEqual(acknowledged.authorisation);
    expectOneEnd(final, await cancel);
    if (acknowledged.cancellation?.status === 200) expect(final.status).not.toBe(200);
    settled.push({ fire, final });
  });
  return settled;
}

/** A sale that nobody took back is paid; the others are paid or taken back, and both sides hear the same. */
function expectOneEnd(authorisation: Answer, cancellation: Answer | undefined): void {
  if (authorisation.status === 200) {
    expect(paymentOf(authorisation)).toMatchObject({ status: 'paid', receipt: expect.any(String) });
    if (cancellation) expect(problemOf(cancellation).code).toBe('already_paid');
  } else {
    expect(problemOf(authorisation).code).toBe('request_cancelled');
    expect(paymentOf(cancellation!).status).toBe('cancelled');
  }
}
