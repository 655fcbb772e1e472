import { Hono } from 'hono';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { ClosingStatement, Rehearsal } from '../../shared/protocol/documents/closing-statement.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { verifyClosing } from '../../shared/protocol/offline/closing.ts';
import { verifyRehearsal } from '../../shared/protocol/offline/rehearsal.ts';
import { type TrustedWallet, verifyWalletCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { AllowanceCall, TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { AllowanceAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Env } from '../env.ts';
import type { CarriedClosing, CarriedRehearsal } from '../ledger/commands.ts';
import { openOfflineDesk } from '../ledger/offline/open-offline-desk.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { originsOf } from '../security/origins.ts';
import { problemOf } from '../security/problem.ts';
import { relyingPartyOf } from '../security/relying-party.ts';
import { type ApiEnv, requireSession } from './api-context.ts';
import { createCardAnswer } from './card-answer.ts';
import { describeCall, takeJson } from './describe-call.ts';

/** Money that a wallet has set aside for paying without network. */
export const walletAllowanceRoutes = new Hono<ApiEnv>().post(
  '/allowance',
  describeCall('post', {
    tag: 'Wallets',
    summary: 'Closes the allowance before, and asks for the next',
    description:
      "In one step, as often as it is asked. The answer's certificate grants the allowance; where none was granted, `refusal` says why: `rehearsal_missing`, `allowance_unaffordable`, `account_frozen`, `offline_not_agreed` (the programme has switched it off), `limit_reached` (the phone has one on another card). Limited for each customer.",
    answer: AllowanceAnswer,
    refusals: [
      'document_malformed',
      'signature_invalid',
      'certificate_invalid',
      'passkey_invalid',
      'user_not_verified',
      'allowance_unknown',
      'closing_mismatch',
      'terms_mismatch',
      'not_found',
      'rate_limited',
      'ledger_halted',
    ],
    session: 'wallet',
  }),
  takeJson(AllowanceCall),
  async (c) => {
    const session = await requireSession(c, 'wallet');
    if (!session.ok) return problemOf(session);
    const { programme, ledger, tokenHash } = session.value;
    const call = c.req.valid('json');
    const accountToken = decodeBase64url(call.accountToken);
    if (!accountToken) return problemOf(refuse('not_found'));
    using registry = openRegistry(ledger);
    if (!(await registry.wallets.findSession(tokenHash))) return problemOf(refuse('not_signed_in'));
    const { trust, view } = programme;
    const findWallet = async (serial: Uint8Array<ArrayBuffer>) =>
      trustCertificate(await registry.wallets.findCertificate(serial), trust);
    const closing = await takeClosing(call.closing, findWallet);
    if (!closing.ok) return problemOf(closing);
    using desk = openOfflineDesk(ledger);
    const admitted = call.rehearsal && (await desk.admitRehearsal(tokenHash));
    if (admitted && !admitted.ok) return problemOf(admitted);
    const rehearsal = await takeRehearsal(c.env, call.rehearsal, findWallet);
    if (!rehearsal.ok) return problemOf(rehearsal);
    const renewed = await desk.renew({
      tokenHash,
      accountToken,
      closing: closing.value,
      rehearsal: rehearsal.value,
      isWanted: call.isWanted,
      settings: view.offline,
    });
    if (!renewed.ok) return problemOf(renewed);
    const card = await registry.wallets.card(tokenHash, accountToken);
    if (!card.ok) return problemOf(card);
    const { refusal } = renewed.value;
    const answer: AllowanceAnswer = { card: await createCardAnswer(c.env, card.value), ...(refusal && { refusal }) };
    return c.json(answer);
  },
);

type FindWallet = (serial: Uint8Array<ArrayBuffer>) => Promise<Result<TrustedWallet>>;

/** Refuses `allowance_unknown` for a certificate that this centre never issued. */
async function trustCertificate(
  certificate: Uint8Array | undefined,
  trust: CentreTrust,
): Promise<Result<TrustedWallet>> {
  return certificate ? verifyWalletCertificate(certificate, trust) : refuse('allowance_unknown');
}

/** A closing statement, with the certificate it names: the centre's own copy. */
async function takeClosing(
  text: AllowanceCall['closing'],
  findWallet: FindWallet,
): Promise<Result<CarriedClosing | undefined>> {
  if (text === undefined) return accept(undefined);
  const document = decodeBase64url(text);
  const decoded = document ? decodeDocument(ClosingStatement, document) : refuse('document_malformed');
  if (!document || !decoded.ok) return refuse('document_malformed');
  const wallet = await findWallet(decoded.value.content.allowance);
  if (!wallet.ok) return wallet;
  const verified = await verifyClosing(document, wallet.value);
  return verified.ok ? accept({ ...verified.value, document }) : verified;
}

async function takeRehearsal(
  env: Env,
  call: AllowanceCall['rehearsal'],
  findWallet: FindWallet,
): Promise<Result<CarriedRehearsal | undefined>> {
  if (!call) return accept(undefined);
  const document = decodeBase64url(call.document);
  const assertion = decodeBase64url(call.assertion);
  const decoded = document ? decodeDocument(Rehearsal, document) : refuse('document_malformed');
  if (!document || !assertion || !decoded.ok) return refuse('document_malformed');
  const { certificate, termsVersion } = decoded.value.content;
  // Nobody agrees beforehand to what is not written yet.
  if (termsVersion !== TERMS_VERSION) return refuse('terms_mismatch');
  const wallet = await findWallet(certificate);
  if (!wallet.ok) return refuse('certificate_invalid');
  const verified = await verifyRehearsal({ document, assertion }, wallet.value, await relyingPartyOf(originsOf(env)));
  return verified.ok ? accept({ certificate, ...verified.value, document, assertion }) : verified;
}
