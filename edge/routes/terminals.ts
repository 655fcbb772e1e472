import { Hono } from 'hono';
import * as v from 'valibot';
import { decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { TerminalActivation, TerminalHello } from '../../shared/protocol/documents/proof-of-possession.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import { BatchNo } from '../../shared/protocol/identifiers.ts';
import { accept, refuse } from '../../shared/protocol/result.ts';
import { OfflineTermsCall, TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import {
  ActivateCall,
  TerminalAnswer,
  TerminalPaymentsAnswer,
  TerminalSessionCall,
} from '../../shared/protocol/wire/terminals.ts';
import type { Programme } from '../clearing/load-programme.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { TERMINAL_SESSION_MS } from '../registry/sessions.ts';
import { terminalTag } from '../registry/socket-tags.ts';
import type { TillSession, TillState } from '../registry/tills.ts';
import { clientAddress } from '../security/client-address.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { hashSecret } from '../security/secrets.ts';
import { setSessionCookie } from '../security/session-cookie.ts';
import { type ApiContext, type ApiEnv, findLedger, requireProgramme, requireSession } from './api-context.ts';
import { describeCall, takeJson, takeQuery } from './describe-call.ts';
import { openSocket } from './open-socket.ts';
import { createProgrammeAnswer, loadContentKeyAnswers } from './programme-answer.ts';
import { isFresh, takeProofOfPossession } from './prove-key.ts';
import { takeTerminalCertificate } from './verified-documents.ts';

const PaymentsQuery = v.object({
  batchNo: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,6}$/), v.transform(Number), BatchNo)),
});

/** Tills, before and after they have a session. */
export const terminalRoutes = new Hono<ApiEnv>()
  .post(
    '/activate',
    describeCall('post', {
      tag: 'Tills',
      summary: 'Makes a tablet a terminal, by its activation code',
      description: "Sets the terminal's session cookie. The same tablet with the same code gets the same answer again.",
      answer: TerminalAnswer,
      refusals: [
        'document_malformed',
        'signature_invalid',
        'clock_off',
        'activation_code_invalid',
        'merchant_closed',
        'terminal_closed',
        'rate_limited',
      ],
    }),
    takeJson(ActivateCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const content = await takeProofOfPossession(TerminalActivation, c.req.valid('json').activation);
      if (!content.ok) return problemOf(content);
      const { activationCode, publicKey, atMs } = content.value;
      if (!isFresh(atMs, Date.now())) return createProblem('clock_off');
      const codeHash = await hashSecret(activationCode);
      const address = clientAddress(c.req.raw, c.env);
      // A code does not say whose it is; there are few participants and few activations.
      for (const { code } of programme.value.view.participants) {
        using registry = openRegistry(findLedger(c.env, programme.value, code)!);
        const activated = await registry.tills.activate({
          codeHash,
          publicKey,
          address,
        });
        if (activated.ok) return answerSession(c, programme.value, code, activated.value);
        if (activated.code !== 'activation_code_invalid') return problemOf(activated);
      }
      return createProblem('activation_code_invalid');
    },
  )
  .post(
    '/session',
    describeCall('post', {
      tag: 'Tills',
      summary: 'Opens a session for a terminal that proves its key',
      description: "Sets the terminal's session cookie. Each hello opens one session.",
      answer: TerminalAnswer,
      refusals: [
        'document_malformed',
        'certificate_invalid',
        'programme_mismatch',
        'signature_invalid',
        'clock_off',
        'ceremony_expired',
        'terminal_unknown',
        'terminal_closed',
        'rate_limited',
      ],
    }),
    takeJson(TerminalSessionCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const { hello, terminalCertificate } = c.req.valid('json');
      // Past its validity too: a till back from the drawer proves its key here and gets a new certificate.
      const terminal = await takeTerminalCertificate(terminalCertificate, programme.value.trust);
      if (!terminal.ok) return problemOf(terminal);
      const { content: certificate, key } = terminal.value.verified;
      const verified = await verifyHello(hello, key, certificate.terminalId);
      if (!verified.ok) return problemOf(verified);
      const ledger = findLedger(c.env, programme.value, certificate.acquirer);
      if (!ledger) return createProblem('terminal_unknown');
      using registry = openRegistry(ledger);
      const opened = await registry.tills.openSession({
        terminalId: certificate.terminalId,
        publicKey: certificate.publicKey,
        nonce: verified.value.nonce,
      });
      return opened.ok ? answerSession(c, programme.value, certificate.acquirer, opened.value) : problemOf(opened);
    },
  )
  .post(
    '/sync',
    describeCall('post', {
      tag: 'Tills',
      summary: 'Renews what a till keeps: certificate, keys, cashiers',
      answer: TerminalAnswer,
      session: 'till',
    }),
    takeJson(v.strictObject({})),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { programme, ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const state = await registry.tills.sync(tokenHash);
      return state.ok ? c.json(await createAnswer(c, programme, state.value)) : problemOf(state);
    },
  )
  .post(
    '/offline-terms',
    describeCall('post', {
      tag: 'Tills',
      summary: 'The shop agrees to who bears which loss without network, or takes that back',
      description: 'Kept with the cashier who is signed in, and the time. To the edition in force alone.',
      answer: TerminalAnswer,
      refusals: ['terms_mismatch'],
      session: 'till',
    }),
    takeJson(OfflineTermsCall),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { programme, ledger, tokenHash } = session.value;
      const said = c.req.valid('json');
      if (said.hasAgreed && said.termsVersion !== TERMS_VERSION) return problemOf(refuse('terms_mismatch'));
      using registry = openRegistry(ledger);
      const state = await registry.tills.sayTerms(tokenHash, said);
      return state.ok ? c.json(await createAnswer(c, programme, state.value)) : problemOf(state);
    },
  )
  .get(
    '/payments',
    describeCall('get', {
      tag: 'Tills',
      summary: "What the centre knows of this terminal's batch, newest first",
      answer: TerminalPaymentsAnswer,
      refusals: ['malformed'],
      session: 'till',
    }),
    takeQuery(PaymentsQuery),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const terminal = await registry.tills.findSession(tokenHash);
      if (!terminal) return createProblem('not_signed_in');
      const { terminalId } = terminal;
      const [payments, carried] = await Promise.all([
        ledger.terminalPayments(terminalId, c.req.valid('query').batchNo),
        ledger.carriedPayments(terminalId),
      ]);
      return c.json({ payments, carried });
    },
  )
  .get(
    '/socket',
    describeCall('get', {
      tag: 'Tills',
      summary: 'A WebSocket that tells the till how its payments end',
      description: 'Each message is `{kind: "payment", payment}`, the same answer that polling gives.',
      refusals: ['origin_refused', 'malformed'],
      session: 'till',
    }),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const terminal = await registry.tills.findSession(tokenHash);
      if (!terminal) return createProblem('not_signed_in');
      return openSocket(c, ledger, [terminalTag(terminal.terminalId)]);
    },
  );

async function answerSession(c: ApiContext, programme: Programme, participant: ParticipantCode, session: TillSession) {
  setSessionCookie(c, 'pos', `${participant}.${session.token}`, TERMINAL_SESSION_MS / 1000);
  return c.json(await createAnswer(c, programme, session.state));
}

async function createAnswer(c: ApiContext, programme: Programme, state: TillState): Promise<TerminalAnswer> {
  return {
    programme: createProgrammeAnswer(c.env, programme),
    terminalCertificate: encodeBase64url(state.terminalCertificate),
    contentKeys: await loadContentKeyAnswers(c.env, programme),
    operators: state.operators,
    batchNoMin: state.batchNoMin,
    ...(state.offlineTermsVersion !== undefined && { offlineTermsVersion: state.offlineTermsVersion }),
  };
}

async function verifyHello(text: string, key: CryptoKey, terminalId: string) {
  const document = decodeBase64url(text);
  const decoded = document ? decodeDocument(TerminalHello, document) : refuse('document_malformed');
  if (!decoded.ok) return decoded;
  const { content, verify } = decoded.value;
  if (!(await verify(key)) || content.terminalId !== terminalId) return refuse('signature_invalid');
  return isFresh(content.atMs, Date.now()) ? accept(content) : refuse('clock_off');
}
