import { Hono } from 'hono';
import * as v from 'valibot';
import { type Bytes, concatBytes, decodeUtf8, encodeUtf8, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import { DeviceBinding } from '../../shared/protocol/documents/proof-of-possession.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import {
  AddCardCall,
  ClaimCardCall,
  MovementsAnswer,
  WalletAnswer,
  WalletCeremonyCall,
  WalletRegistrationOptionsCall,
  WalletSignInOptionsCall,
} from '../../shared/protocol/wire/wallet.ts';
import type { Programme } from '../clearing/load-programme.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { WALLET_SESSION_MS } from '../registry/sessions.ts';
import type { WalletSignIn, WalletState } from '../registry/wallets.ts';
import { clientAddress } from '../security/client-address.ts';
import { originsOf } from '../security/origins.ts';
import {
  createRegistrationOptions,
  createSignInOptions,
  readUserHandle,
  verifyRegistration,
  verifySignIn,
} from '../security/passkeys.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { hashSecret } from '../security/secrets.ts';
import { clearSessionCookie, setSessionCookie } from '../security/session-cookie.ts';
import {
  type ApiContext,
  type ApiEnv,
  findLedger,
  homeParticipant,
  requireProgramme,
  requireSession,
} from './api-context.ts';
import { createCardAnswer } from './card-answer.ts';
import { describeCall, takeJson, takeQuery } from './describe-call.ts';
import { createCeremonyAnswer, parseCeremonyReference } from './passkey-answer.ts';
import { createProgrammeAnswer, loadContentKeyAnswers } from './programme-answer.ts';
import { takeProofOfPossession } from './prove-key.ts';

const OF_A_CEREMONY = [
  'ceremony_expired',
  'document_malformed',
  'signature_invalid',
  'passkey_invalid',
  'user_not_verified',
  'already_exists',
] as const;

const MOVEMENTS_PER_PAGE = 50;

const MovementsQuery = v.object({
  before: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/), v.transform(Number))),
});

/** Wallets: an account in one step with a passkey, then cards and movements by session. */
export const walletRoutes = new Hono<ApiEnv>()
  .post(
    '/registration-options',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Begins the registration of a customer',
      answer: CeremonyAnswer,
      refusals: ['rate_limited'],
    }),
    takeJson(WalletRegistrationOptionsCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const { name } = c.req.valid('json');
      const participant = homeParticipant(programme.value);
      const ledger = findLedger(c.env, programme.value, participant)!;
      using registry = openRegistry(ledger);
      const begun = await registry.wallets.beginRegistration(name, clientAddress(c.req.raw, c.env));
      if (!begun.ok) return problemOf(begun);
      const { ceremony, customerId } = begun.value;
      const user = { id: createUserHandle(participant, customerId), name };
      const rpName = programme.value.view.name;
      const options = await createRegistrationOptions(originsOf(c.env), rpName, ceremony, user, 'required');
      return c.json(createCeremonyAnswer(participant, ceremony, options));
    },
  )
  .post(
    '/registration',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Registers a customer: passkey, phone and first card',
      description: "Sets the wallet's session cookie.",
      answer: WalletAnswer,
      refusals: [...OF_A_CEREMONY, 'passkey_exists'],
    }),
    takeJson(WalletCeremonyCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const call = c.req.valid('json');
      const reference = parseCeremonyReference(call.ceremony);
      const ledger = reference && findLedger(c.env, programme.value, reference.participant);
      using registry = ledger && openRegistry(ledger);
      const ceremony = registry && (await registry.wallets.takeRegistration(reference!.ceremonyId));
      if (!ceremony || !reference) return createProblem('ceremony_expired');
      const device = await takeBinding(call.binding, ceremony.challenge);
      if (!device.ok) return problemOf(device);
      const passkey = await verifyRegistration(originsOf(c.env), ceremony, call.response);
      if (!passkey.ok) return problemOf(passkey);
      const signedIn = await registry.wallets.finishRegistration(ceremony, passkey.value, device.value);
      return answerSignIn(c, programme.value, reference.participant, signedIn);
    },
  )
  .post(
    '/sign-in-options',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Begins the sign-in of a customer',
      description: 'No name is asked for: the authenticator offers the passkeys it has.',
      answer: CeremonyAnswer,
      refusals: ['rate_limited'],
    }),
    takeJson(WalletSignInOptionsCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const participant = homeParticipant(programme.value);
      const ledger = findLedger(c.env, programme.value, participant)!;
      using registry = openRegistry(ledger);
      const begun = await registry.wallets.beginSignIn(clientAddress(c.req.raw, c.env));
      if (!begun.ok) return problemOf(begun);
      const options = await createSignInOptions(originsOf(c.env), begun.value.ceremony);
      return c.json(createCeremonyAnswer(participant, begun.value.ceremony, options));
    },
  )
  .post(
    '/sign-in',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Signs a customer in on this phone',
      description: "Sets the wallet's session cookie, and certifies the phone's key for all of the customer's cards.",
      answer: WalletAnswer,
      refusals: [...OF_A_CEREMONY, 'passkey_unknown', 'rate_limited'],
    }),
    takeJson(WalletCeremonyCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const call = c.req.valid('json');
      const reference = parseCeremonyReference(call.ceremony);
      const holder = reference && findLedger(c.env, programme.value, reference.participant);
      using holderRegistry = holder && openRegistry(holder);
      const ceremony = holderRegistry && (await holderRegistry.wallets.takeSignIn(reference!.ceremonyId));
      if (!ceremony) return createProblem('ceremony_expired');
      const device = await takeBinding(call.binding, ceremony.challenge);
      if (!device.ok) return problemOf(device);
      // The passkey itself says whose books its customer is in.
      const participant = participantOfUserHandle(readUserHandle(call.response)) ?? reference.participant;
      const ledger = findLedger(c.env, programme.value, participant);
      if (!ledger) return createProblem('passkey_unknown');
      using registry = openRegistry(ledger);
      const passkey = await registry.wallets.findPasskey(call.response.id);
      if (!passkey.ok) return problemOf(passkey);
      const verified = await verifySignIn(originsOf(c.env), ceremony, call.response, passkey.value);
      if (!verified.ok) return problemOf(verified);
      const signedIn = await registry.wallets.finishSignIn(passkey.value.credentialId, device.value);
      return answerSignIn(c, programme.value, participant, signedIn);
    },
  )
  .post(
    '/sync',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Renews what a wallet keeps: cards, balances, certificates, keys',
      answer: WalletAnswer,
      session: 'wallet',
    }),
    takeJson(v.strictObject({})),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const { programme, ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      return answerState(c, programme, await registry.wallets.sync(tokenHash));
    },
  )
  .post(
    '/cards',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Opens a further card',
      answer: WalletAnswer,
      refusals: ['limit_reached'],
      session: 'wallet',
    }),
    takeJson(AddCardCall),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const { label } = c.req.valid('json');
      const { programme, ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      return answerState(c, programme, await registry.wallets.addCard(tokenHash, label));
    },
  )
  .post(
    '/cards/claim',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Takes over a card that the programme issued, by its one-time code',
      answer: WalletAnswer,
      refusals: ['claim_code_invalid', 'limit_reached', 'rate_limited'],
      session: 'wallet',
    }),
    takeJson(ClaimCardCall),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const code = parseSecretCode(c.req.valid('json').claimCode);
      if (!code) return createProblem('claim_code_invalid');
      const { programme, ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      return answerState(c, programme, await registry.wallets.claimCard(tokenHash, await hashSecret(code)));
    },
  )
  .get(
    '/movements',
    describeCall('get', {
      tag: 'Wallets',
      summary: "What moved on the customer's cards, newest first, 50 at a time",
      answer: MovementsAnswer,
      refusals: ['malformed'],
      session: 'wallet',
    }),
    takeQuery(MovementsQuery),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const accounts = await registry.wallets.accounts(tokenHash);
      if (!accounts.ok) return problemOf(accounts);
      const { before } = c.req.valid('query');
      const filter = {
        accountNumbers: accounts.value,
        limit: MOVEMENTS_PER_PAGE,
        ...(before !== undefined && { before }),
      };
      return c.json({ movements: await ledger.movements(filter) });
    },
  )
  .post(
    '/sign-out',
    describeCall('post', { tag: 'Wallets', summary: 'Ends the session on this phone', session: 'wallet' }),
    takeJson(v.strictObject({})),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      using registry = openRegistry(session.value.ledger);
      await registry.wallets.signOut(session.value.tokenHash);
      clearSessionCookie(c, 'wallet');
      return c.body(null, 204);
    },
  );

function answerSignIn(c: ApiContext, programme: Programme, participant: string, signedIn: Result<WalletSignIn>) {
  if (!signedIn.ok) return problemOf(signedIn);
  setSessionCookie(c, 'wallet', `${participant}.${signedIn.value.token}`, WALLET_SESSION_MS / 1000);
  return answerState(c, programme, accept(signedIn.value.state));
}

async function answerState(c: ApiContext, programme: Programme, state: Result<WalletState>) {
  if (!state.ok) return problemOf(state);
  const { customerName, credentialId, cards } = state.value;
  const answer: WalletAnswer = {
    programme: createProgrammeAnswer(c.env, programme),
    customerName,
    credentialId,
    cards: await Promise.all(cards.map((card) => createCardAnswer(c.env, card))),
    contentKeys: await loadContentKeyAnswers(c.env, programme),
  };
  return c.json(answer);
}

/** The phone's key, proven, and for this very ceremony. Refuses `document_malformed`, `signature_invalid`. */
async function takeBinding(text: string, challenge: Bytes): Promise<Result<Bytes>> {
  const content = await takeProofOfPossession(DeviceBinding, text);
  if (!content.ok) return content;
  const { publicKey, challenge: bound } = content.value;
  return isEqualBytes(bound, challenge) ? accept(publicKey) : refuse('signature_invalid');
}

const CODE_CHARS = 6;

/** Six digits that name the participant, then the customer: a sign-in routes itself. */
function createUserHandle(participant: ParticipantCode, customerId: Bytes): Bytes {
  return concatBytes(encodeUtf8(participant), customerId);
}

function participantOfUserHandle(userHandle: Bytes | undefined): string | undefined {
  const code = userHandle && decodeUtf8(userHandle.subarray(0, CODE_CHARS));
  return code && /^[0-9]{6}$/.test(code) ? code : undefined;
}
