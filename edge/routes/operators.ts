import { Hono } from 'hono';
import * as v from 'valibot';
import { encodeUtf8 } from '../../shared/protocol/bytes.ts';
import { parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import {
  CeremonyAnswer,
  OperatorCeremonyCall,
  OperatorRegistrationOptionsCall,
  OperatorSessionAnswer,
  OperatorSignInOptionsCall,
} from '../../shared/protocol/wire/terminals.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { originsOf } from '../security/origins.ts';
import {
  createRegistrationOptions,
  createSignInOptions,
  verifyRegistration,
  verifySignIn,
} from '../security/passkeys.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { hashSecret } from '../security/secrets.ts';
import { type ApiEnv, requireSession } from './api-context.ts';
import { describeCall, takeJson } from './describe-call.ts';
import { createCeremonyAnswer, parseCeremonyReference } from './passkey-answer.ts';

const OF_A_PASSKEY = ['ceremony_expired', 'passkey_invalid', 'user_not_verified', 'operator_unknown'] as const;

/** Cashiers at a till that has a session: enrolment and sign-in by passkey. */
export const operatorRoutes = new Hono<ApiEnv>()
  .post(
    '/registration-options',
    describeCall('post', {
      tag: 'Tills',
      summary: "Begins a cashier's enrolment",
      answer: CeremonyAnswer,
      refusals: ['operator_unknown', 'enrolment_code_invalid', 'rate_limited'],
      session: 'till',
    }),
    takeJson(OperatorRegistrationOptionsCall),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { programme, participant, ledger, tokenHash } = session.value;
      const { operatorNo, enrolmentCode } = c.req.valid('json');
      const code = enrolmentCode === undefined ? undefined : parseSecretCode(enrolmentCode);
      if (enrolmentCode !== undefined && code === undefined) return createProblem('enrolment_code_invalid');
      using registry = openRegistry(ledger);
      const begun = await registry.cashiers.beginOperatorRegistration(tokenHash, {
        operatorNo,
        enrolmentCodeHash: code === undefined ? undefined : await hashSecret(code),
      });
      if (!begun.ok) return problemOf(begun);
      const { ceremony, merchantNo, name, excludedCredentialIds } = begun.value;
      const user = { id: encodeUtf8(`${participant}/${merchantNo}/${operatorNo}`), name, excludedCredentialIds };
      // Found by the cashier's number, so it need not take one of the few places of a security key.
      const options = await createRegistrationOptions(
        originsOf(c.env),
        programme.view.name,
        ceremony,
        user,
        'preferred',
      );
      return c.json(createCeremonyAnswer(participant, ceremony, options));
    },
  )
  .post(
    '/registration',
    describeCall('post', {
      tag: 'Tills',
      summary: "Registers a cashier's passkey and signs in",
      answer: OperatorSessionAnswer,
      refusals: [...OF_A_PASSKEY, 'enrolment_code_invalid', 'passkey_exists'],
      session: 'till',
    }),
    takeJson(OperatorCeremonyCall),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { participant, ledger, tokenHash } = session.value;
      const call = c.req.valid('json');
      const reference = parseCeremonyReference(call.ceremony);
      if (reference?.participant !== participant) return createProblem('ceremony_expired');
      using registry = openRegistry(ledger);
      const ceremony = await registry.cashiers.takeOperatorRegistration(reference.ceremonyId);
      if (!ceremony) return createProblem('ceremony_expired');
      const passkey = await verifyRegistration(originsOf(c.env), ceremony, call.response);
      if (!passkey.ok) return problemOf(passkey);
      const finished = await registry.cashiers.finishOperatorRegistration(tokenHash, ceremony, passkey.value);
      return finished.ok ? c.json(finished.value) : problemOf(finished);
    },
  )
  .post(
    '/sign-in-options',
    describeCall('post', {
      tag: 'Tills',
      summary: "Begins a cashier's sign-in",
      answer: CeremonyAnswer,
      refusals: ['operator_unknown', 'passkey_unknown', 'rate_limited'],
      session: 'till',
    }),
    takeJson(OperatorSignInOptionsCall),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { participant, ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const begun = await registry.cashiers.beginOperatorSignIn(tokenHash, c.req.valid('json').operatorNo);
      if (!begun.ok) return problemOf(begun);
      const { ceremony, credentialIds } = begun.value;
      const options = await createSignInOptions(originsOf(c.env), ceremony, credentialIds);
      return c.json(createCeremonyAnswer(participant, ceremony, options));
    },
  )
  .post(
    '/sign-in',
    describeCall('post', {
      tag: 'Tills',
      summary: 'Signs a cashier in by passkey',
      answer: OperatorSessionAnswer,
      refusals: [...OF_A_PASSKEY, 'passkey_unknown'],
      session: 'till',
    }),
    takeJson(OperatorCeremonyCall),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { participant, ledger, tokenHash } = session.value;
      const { ceremony: text, response } = c.req.valid('json');
      const reference = parseCeremonyReference(text);
      if (reference?.participant !== participant) return createProblem('ceremony_expired');
      using registry = openRegistry(ledger);
      const taken = await registry.cashiers.takeOperatorSignIn(reference.ceremonyId, response.id);
      if (!taken.ok) return problemOf(taken);
      const { ceremony, credential } = taken.value;
      const verified = await verifySignIn(originsOf(c.env), ceremony, response, credential);
      if (!verified.ok) return problemOf(verified);
      const finished = await registry.cashiers.finishOperatorSignIn(tokenHash, ceremony, credential.credentialId);
      return finished.ok ? c.json(finished.value) : problemOf(finished);
    },
  )
  .post(
    '/sign-out',
    describeCall('post', { tag: 'Tills', summary: 'Signs the cashier out', session: 'till' }),
    takeJson(v.strictObject({})),
    async (c) => {
      const session = await requireSession(c, 'pos');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const signedOut = await registry.cashiers.signOutOperator(tokenHash);
      return signedOut.ok ? c.body(null, 204) : problemOf(signedOut);
    },
  );
