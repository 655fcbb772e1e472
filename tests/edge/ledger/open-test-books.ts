import { env } from 'cloudflare:workers';
import type { AuthoriseCommand, CancelCommand, ChargeCommand, SubmitCommand } from '../../../edge/ledger/commands.ts';
import type { Ledger } from '../../../edge/ledger/ledger.ts';
import { hashSecret } from '../../../edge/security/secrets.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../../shared/protocol/centre-trust.ts';
import { joinTwinCode } from '../../../shared/protocol/codes/join-twin-code.ts';
import { decodePayCodePayload } from '../../../shared/protocol/codes/pay-code-payload.ts';
import { hashContent, verifyDocument } from '../../../shared/protocol/documents/document.ts';
import { RequestCancellation } from '../../../shared/protocol/documents/request.ts';
import type {
  AccountNumber,
  MerchantNo,
  OperatorNo,
  ParticipantCode,
  ProgrammeId,
} from '../../../shared/protocol/identifiers.ts';
import { verifyTwinCapture } from '../../../shared/protocol/payment/twin-capture.ts';
import { verifyAuthorisation } from '../../../shared/protocol/payment/verify-authorisation.ts';
import { verifyPayCode } from '../../../shared/protocol/payment/verify-pay-code.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../../shared/protocol/wire/pay-codes.ts';
import {
  createTestTerminal,
  createTestWallet,
  relyingPartyOf,
  type TestPayCode,
  type TestTerminal,
  type TestWallet,
  unwrap,
} from '../../support/devices.ts';
import { holdRegistry } from '../support/hold-registry.ts';

export const ORIGIN = 'http://localhost:8787';
/** What a new customer of the demo programme, which the tests run as, is given. */
export const WELCOME_MINOR = 5_000;

/** Real books in a real object: programme, participant, shop, cashier, and as many tills and customers as a test asks for. */
export interface TestBooks {
  readonly participant: ParticipantCode;
  readonly ledger: DurableObjectStub<Ledger>;
  readonly registry: ReturnType<typeof holdRegistry>;
  readonly trust: CentreTrust;
  readonly merchantNo: MerchantNo;
  readonly merchantAccount: AccountNumber;
  openTerminal(): Promise<TestTerminal>;
  openWallet(): Promise<CustomerWallet>;
}

export interface CustomerWallet {
  readonly wallet: TestWallet;
  readonly accountNumber: AccountNumber;
}

export async function openTestBooks(): Promise<TestBooks> {
  const clearing = env.CLEARING.getByName('clearing');
  const participant = createParticipantCode();
  const first = { code: participant, name: 'Test Participant' };
  const made = await clearing.createProgramme({
    programme: 'test-programme' as ProgrammeId,
    name: 'Test',
    currency: 'EUR',
    participant: first,
  });
  if (!made.ok) unwrap(await clearing.createParticipant(first));
  const view = (await clearing.programmeView())!;
  const trust = unwrap(await verifyCentreKeys(view.announcements, view.programme));
  const ledger = env.LEDGER.getByName(participant);
  const registry = holdRegistry(ledger);
  const { shops } = registry;
  const merchant = unwrap(await shops.createMerchant({ name: 'Corner Café' }));
  const { merchantNo } = merchant;
  await shops.createOperator({ merchantNo, operatorNo: '01' as OperatorNo, name: 'Alex' });

  async function openTerminal(): Promise<TestTerminal> {
    const terminal = await createTestTerminal();
    const { terminalId } = unwrap(await registry.shops.createTerminal({ merchantNo }));
    const { code } = unwrap(await registry.shops.createActivationCode(terminalId));
    const call = { codeHash: await hashSecret(code), publicKey: terminal.key.publicKey, address: 'test' };
    const session = unwrap(await registry.tills.activate(call));
    await terminal.adopt(session.state.terminalCertificate, trust);
    return terminal;
  }

  async function openWallet(): Promise<CustomerWallet> {
    const wallet = await createTestWallet(ORIGIN);
    const { wallets } = registry;
    const { ceremony } = unwrap(await wallets.beginRegistration('Customer', crypto.randomUUID()));
    const passkey = {
      credentialId: encodeBase64url(wallet.authenticator.credentialId),
      cosePublicKey: createRandomBytes(77),
      publicKey: wallet.authenticator.publicKey,
      isBackupEligible: false,
    };
    const signIn = unwrap(await registry.wallets.finishRegistration(ceremony, passkey, wallet.deviceKey.publicKey));
    const [card] = signIn.state.cards;
    await wallet.adopt(card!.certificate, trust);
    return { wallet, accountNumber: card!.accountNumber };
  }

  const merchantAccount = merchant.accountNumber;
  return { participant, ledger, registry, trust, merchantNo, merchantAccount, openTerminal, openWallet };
}

/** What the worker hands to the ledger for a request, every signature verified as there. */
export async function createSubmission(
  terminal: TestTerminal,
  amountMinor: number,
  changes: Parameters<TestTerminal['createRequest']>[2] = {},
): Promise<SubmitCommand> {
  const nowMs = changes.nowMs ?? Date.now();
  const { document } = await terminal.createRequest(amountMinor, nowMs, changes);
  const request = unwrap(await terminal.verify(document, nowMs));
  return { request, document, terminalCertificate: carry(terminal) };
}

export async function createConsent(
  { wallet }: CustomerWallet,
  { request, terminalCertificate }: SubmitCommand,
  nowMs = Date.now(),
): Promise<AuthoriseCommand> {
  const consent = await wallet.authorise(request, nowMs);
  const authorisation = unwrap(await verifyAuthorisation(consent, wallet.trusted, await relyingPartyOf(ORIGIN), nowMs));
  const { authorisation: document, assertion } = consent;
  return { authorisation, request, document, assertion, walletCertificate: carry(wallet), terminalCertificate };
}

/** What the worker hands to the ledger for a pay code that the till scanned for a request, all verified as there. */
export async function createCharge(
  { wallet }: CustomerWallet,
  terminal: TestTerminal,
  submission: SubmitCommand,
  payCode: TestPayCode,
): Promise<ChargeCommand> {
  const { request } = submission;
  const code = await wallet.show(payCode, Date.now() - 300);
  const captureDocument = await terminal.capture(request.hash, code);
  const capture = unwrap(await verifyTwinCapture(captureDocument, request.hash, terminal.trusted));
  const [a, b] = capture.capturedAtMs;
  const captures = [
    { text: code.a, capturedAtMs: a },
    { text: code.b, capturedAtMs: b },
  ] as const;
  const joined = unwrap(await joinTwinCode(captures, DEFAULT_PAY_CODE_SETTINGS, async () => undefined));
  const payload = unwrap(decodePayCodePayload(joined.payload));
  const relyingParty = await relyingPartyOf(ORIGIN);
  const verified = unwrap(
    await verifyPayCode(payload, joined, wallet.trusted, relyingParty, capture.chargedAtMs, DEFAULT_PAY_CODE_SETTINGS),
  );
  return {
    ...submission,
    capture,
    captureDocument,
    payCode: verified,
    showing: payload.showing,
    assertion: payload.assertion,
    walletCertificate: carry(wallet),
    devicePublicKey: wallet.deviceKey.publicKey,
    rules: DEFAULT_PAY_CODE_SETTINGS,
  };
}

export async function createCancelling(terminal: TestTerminal, request: VerifiedRequest): Promise<CancelCommand> {
  const document = await terminal.createCancellation(request, Date.now());
  const decoded = unwrap(await verifyDocument(RequestCancellation, document, terminal.key.publicKey));
  const hash = await hashContent(RequestCancellation, decoded.contentBytes);
  const { publicKey } = terminal.key;
  const { traceKey, hash: requestHash } = request;
  return { traceKey, requestHash, publicKey, document, hash, terminalCertificate: carry(terminal) };
}

export async function topUp({ ledger }: TestBooks, { accountNumber }: CustomerWallet, amountMinor: number) {
  const reference = `test-${crypto.randomUUID()}`;
  return unwrap(await ledger.topUp({ accountNumber, amountMinor: amountMinor as AmountMinor, reference }));
}

function carry(device: TestTerminal | TestWallet): { serial: Bytes; document: Bytes } {
  return { serial: device.trusted.content.serial, document: device.certificate };
}

function createParticipantCode(): ParticipantCode {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(100_000 + (random % 900_000)) as ParticipantCode;
}
