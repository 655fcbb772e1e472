import { type Bytes, decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { ChainPlace } from '../../shared/protocol/offline/chain.ts';
import { createChallenge, PASSKEY_PURPOSES, type PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';
import type { RequestFields } from '../../shared/protocol/payment/create-request.ts';
import type { AllowanceCall } from '../../shared/protocol/wire/offline.ts';
import type { ChargePayCodeCall } from '../../shared/protocol/wire/pay-codes.ts';
import type { AuthoriseCall, PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { CeremonyAnswer, OperatorSessionAnswer, TerminalAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { AllowanceAnswer, WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import { type ApiAnswer, type ApiClient, expectDone } from './api-client.ts';
import {
  type CaptureFields,
  createTestTerminal,
  createTestWallet,
  type TestTerminal,
  type TestWallet,
  unwrap,
} from './devices.ts';
import type { Misbehaviour, SoftwareAuthenticator } from './software-authenticator.ts';

/** Through the API, as the apps do it: a till that is activated, a wallet that is registered, a payment. */

export async function trustOf(programme: ProgrammeAnswer): Promise<CentreTrust> {
  return unwrap(await verifyCentreKeys(programme.centreKeys.map(decode), programme.programme));
}

export interface EnrolledTill {
  readonly client: ApiClient;
  readonly terminal: TestTerminal;
  readonly answer: TerminalAnswer;
}

export async function activateTill(client: ApiClient, activationCode: string): Promise<EnrolledTill> {
  const terminal = await createTestTerminal();
  const activation = encodeBase64url(await terminal.createActivation(activationCode, Date.now()));
  const answer = expectDone(await client.post<TerminalAnswer>('terminals/activate', { activation }));
  await terminal.adopt(decode(answer.terminalCertificate), await trustOf(answer.programme));
  return { client, terminal, answer };
}

export interface EnrolledWallet {
  readonly client: ApiClient;
  readonly wallet: TestWallet;
  readonly answer: WalletAnswer;
}

export async function registerWallet(client: ApiClient, name = 'Robin'): Promise<EnrolledWallet> {
  const wallet = await createTestWallet(client.origin);
  const begun = expectDone(await client.post<CeremonyAnswer>('wallet/registration-options', { name }));
  const { serverChallenge, challenge } = await challengeOf(begun, PASSKEY_PURPOSES.walletRegistration);
  const response = await wallet.authenticator.register(challenge);
  const binding = encodeBase64url(await wallet.createBinding(serverChallenge));
  const answer = expectDone(
    await client.post<WalletAnswer>('wallet/registration', { ceremony: begun.ceremony, response, binding }),
  );
  await wallet.adopt(decode(answer.cards[0]!.certificate), await trustOf(answer.programme));
  return { client, wallet, answer };
}

export async function signInWallet(
  client: ApiClient,
  wallet: TestWallet,
  misbehaviour: Misbehaviour = {},
): Promise<ApiAnswer<WalletAnswer>> {
  const begun = expectDone(await client.post<CeremonyAnswer>('wallet/sign-in-options'));
  const { serverChallenge, challenge } = await challengeOf(begun, PASSKEY_PURPOSES.walletSignIn);
  const response = await wallet.authenticator.assert(challenge, misbehaviour);
  const binding = encodeBase64url(await wallet.createBinding(serverChallenge));
  return client.post<WalletAnswer>('wallet/sign-in', { ceremony: begun.ceremony, response, binding });
}

export async function enrolOperator(
  client: ApiClient,
  authenticator: SoftwareAuthenticator,
  call: { operatorNo: string; enrolmentCode?: string },
): Promise<ApiAnswer<OperatorSessionAnswer>> {
  const begun = await client.post<CeremonyAnswer>('terminals/operators/registration-options', call);
  if (begun.status !== 200) return begun as unknown as ApiAnswer<OperatorSessionAnswer>;
  const { challenge } = await challengeOf(begun.body, PASSKEY_PURPOSES.operatorRegistration);
  const response = await authenticator.register(challenge);
  return client.post('terminals/operators/registration', { ceremony: begun.body.ceremony, response });
}

export async function signInOperator(
  client: ApiClient,
  authenticator: SoftwareAuthenticator,
  operatorNo: string,
  misbehaviour: Misbehaviour = {},
): Promise<ApiAnswer<OperatorSessionAnswer>> {
  const begun = await client.post<CeremonyAnswer>('terminals/operators/sign-in-options', { operatorNo });
  if (begun.status !== 200) return begun as unknown as ApiAnswer<OperatorSessionAnswer>;
  const { challenge } = await challengeOf(begun.body, PASSKEY_PURPOSES.operatorSignIn);
  const response = await authenticator.assert(challenge, misbehaviour);
  return client.post('terminals/operators/sign-in', { ceremony: begun.body.ceremony, response });
}

/** What the centre sent, and what the device makes of it before the authenticator sees it. */
export async function challengeOf(
  answer: CeremonyAnswer,
  purpose: PasskeyPurpose,
): Promise<{ serverChallenge: Bytes; challenge: Bytes }> {
  const serverChallenge = decode(answer.options.challenge);
  return { serverChallenge, challenge: await createChallenge(purpose, serverChallenge) };
}

/** What a till hands in, and what a wallet needs of it. */
export interface HandedInRequest {
  readonly call: { readonly request: string; readonly terminalCertificate: string };
  readonly document: Bytes;
  readonly hash: Bytes;
}

export async function requestPayment(
  { client, terminal }: EnrolledTill,
  amountMinor: number,
): Promise<{ request: HandedInRequest; answer: ApiAnswer<PaymentAnswer> }> {
  const created = await terminal.createRequest(amountMinor, Date.now());
  const call = {
    request: encodeBase64url(created.document),
    terminalCertificate: encodeBase64url(terminal.certificate),
  };
  const request = { call, document: created.document, hash: created.hash };
  return { request, answer: await client.post<PaymentAnswer>('requests', call) };
}

/** The body of `POST /authorisations` for a request that the wallet scanned. */
export async function createAuthoriseCall(
  { wallet }: EnrolledWallet,
  { terminal }: EnrolledTill,
  { call, document }: HandedInRequest,
  misbehaviour: Misbehaviour = {},
) {
  const nowMs = Date.now();
  const verified = unwrap(await terminal.verify(document, nowMs));
  const consent = await wallet.authorise(verified, nowMs, misbehaviour);
  return {
    authorisation: encodeBase64url(consent.authorisation),
    assertion: encodeBase64url(consent.assertion),
    walletCertificate: encodeBase64url(consent.walletCertificate),
    ...call,
  };
}

/** A request that the till has made and not handed in: a charge does, or the customer's phone. */
export async function makeRequest(
  { terminal }: EnrolledTill,
  amountMinor: number,
  nowMs = Date.now(),
  changes: Partial<RequestFields> = {},
): Promise<HandedInRequest> {
  const created = await terminal.createRequest(amountMinor, nowMs, changes);
  const call = {
    request: encodeBase64url(created.document),
    terminalCertificate: encodeBase64url(terminal.certificate),
  };
  return { call, document: created.document, hash: created.hash };
}

/** The secret of a wallet's first card. */
export function secretOf({ answer }: EnrolledWallet): Bytes {
  return decode(answer.cards[0]!.secret!);
}

/** The body of `POST /pay-code-charges` for codes that the till scanned. */
export async function createChargeCall(
  { terminal }: EnrolledTill,
  { call, hash }: HandedInRequest,
  code: TwinCode,
  changes: Partial<CaptureFields> = {},
): Promise<ChargePayCodeCall> {
  const capture = await terminal.capture(hash, code, changes);
  return { ...call, capture: encodeBase64url(capture), codes: [code.a, code.b] };
}

/** Rehearses, and asks for an allowance on the wallet's first card; the wallet takes the certificate. */
export async function grantAllowance(enrolled: EnrolledWallet): Promise<AllowanceAnswer> {
  const { document, assertion } = await enrolled.wallet.rehearse(Date.now());
  const rehearsal = { document: encodeBase64url(document), assertion: encodeBase64url(assertion) };
  return expectDone(await renewAllowance(enrolled, { rehearsal }));
}

/** `POST /wallet/allowance` for the first card; the wallet takes the certificate of the answer. */
export async function renewAllowance(
  { client, wallet, answer }: EnrolledWallet,
  call: Partial<AllowanceCall> = {},
): Promise<ApiAnswer<AllowanceAnswer>> {
  const { accountToken } = answer.cards[0]!;
  const renewed = await client.post<AllowanceAnswer>('wallet/allowance', { accountToken, isWanted: true, ...call });
  if (renewed.status === 200)
    await wallet.adopt(decode(renewed.body.card.certificate), await trustOf(answer.programme));
  return renewed;
}

/** The closing statement of a wallet, as its calls carry it. */
export async function createClosingText({ wallet }: EnrolledWallet): Promise<string> {
  return encodeBase64url(await wallet.close(Date.now()));
}

/** A consent out of an allowance, as either side hands it in: the till with its acceptance, the wallet without. */
export interface OfflineSale {
  readonly request: HandedInRequest;
  readonly hash: Bytes;
  readonly byWallet: AuthoriseCall;
  readonly byTill: AuthoriseCall & { readonly acceptance: string };
}

/**
 * A sale with no network on either side: the till asks, the wallet consents in the next place of its chain, the till takes it.
 * @param changes a place that an honest wallet would not take
 */
export async function sellOffline(
  payer: Pick<EnrolledWallet, 'wallet'>,
  till: EnrolledTill,
  amountMinor: number,
  changes: Partial<ChainPlace> = {},
  revocations?: Parameters<TestTerminal['accept']>[3],
): Promise<OfflineSale> {
  const nowMs = Date.now();
  return consentOffline(payer, till, await makeRequest(till, amountMinor, nowMs), changes, revocations);
}

/** The same for a request that was made, and perhaps handed in, before. */
export async function consentOffline(
  { wallet }: Pick<EnrolledWallet, 'wallet'>,
  { terminal }: EnrolledTill,
  request: HandedInRequest,
  changes: Partial<ChainPlace> = {},
  revocations?: Parameters<TestTerminal['accept']>[3],
): Promise<OfflineSale> {
  const nowMs = Date.now();
  const verified = unwrap(await terminal.verify(request.document, nowMs));
  const consent = await wallet.authoriseChained(verified, nowMs, changes);
  const byWallet = {
    authorisation: encodeBase64url(consent.authorisation),
    assertion: encodeBase64url(consent.assertion),
    walletCertificate: encodeBase64url(consent.walletCertificate),
    ...request.call,
  };
  const acceptance = encodeBase64url(await terminal.accept(verified, consent, nowMs, revocations));
  return { request, hash: consent.hash, byWallet, byTill: { ...byWallet, acceptance } };
}

function decode(text: string): Bytes {
  return decodeBase64url(text)!;
}
