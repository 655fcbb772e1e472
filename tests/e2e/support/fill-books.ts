import { ApiClient } from '../../support/api-client.ts';
import {
  activateTill,
  createAuthoriseCall,
  type EnrolledTill,
  type EnrolledWallet,
  enrolOperator,
  registerWallet,
  requestPayment,
} from '../../support/enrol.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { Centre } from './centre.ts';

/** What there is to look at in the console: a shop that sold, customers who paid and one who could not. */
export interface FilledBooks {
  readonly merchantNo: string;
  readonly terminalId: string;
  readonly paidTraceKey: string;
  readonly refusedTraceKey: string;
  readonly accountNumber: string;
}

const SALES = [
  { customer: 'Kim', amountMinor: 450 },
  { customer: 'Noor', amountMinor: 1280 },
  { customer: 'Kim', amountMinor: 295 },
  { customer: 'Robin', amountMinor: 2190 },
] as const;

/** Sells a little at a shop of its own, by a till and wallets without screens: faster than in browsers. */
export async function fillBooks(centre: Centre): Promise<FilledBooks> {
  const { activationLink, merchantNo, terminalId } = await centre.createTill({ shopName: 'Corner Café' });
  const till = await activateTill(newClient(centre), new URL(activationLink).hash.split('=')[1]!);
  const { origin } = centre;
  const authenticator = await createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
  await enrolOperator(till.client, authenticator, { operatorNo: '01' });
  const wallets = new Map<string, EnrolledWallet>();
  let traceKey = '';
  for (const { customer, amountMinor } of SALES) {
    const wallet = wallets.get(customer) ?? (await registerWallet(newClient(centre), customer));
    wallets.set(customer, wallet);
    traceKey = await sell(till, wallet, amountMinor);
  }
  const [first] = wallets.values();
  return {
    merchantNo,
    terminalId,
    paidTraceKey: traceKey,
    refusedTraceKey: await sell(till, first!, 9900),
    accountNumber: first!.answer.cards[0]!.accountNumber,
  };
}

async function sell(till: EnrolledTill, wallet: EnrolledWallet, amountMinor: number): Promise<string> {
  const { request, answer } = await requestPayment(till, amountMinor);
  await wallet.client.post('authorisations', await createAuthoriseCall(wallet, till, request));
  return answer.body.traceKey;
}

function newClient({ origin }: Centre): ApiClient {
  return new ApiClient((request) => fetch(request), origin);
}
