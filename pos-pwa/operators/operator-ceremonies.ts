import {
  createPasskey,
  getPasskey,
  type PasskeyCreationOptions,
  type PasskeyRequestOptions,
} from '../../shared/browser/passkeys/passkeys.ts';
import { decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { OperatorNo } from '../../shared/protocol/identifiers.ts';
import { createChallenge, PASSKEY_PURPOSES, type PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { CeremonyAnswer, OperatorSessionAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { TerminalApi } from '../till/terminal-api.ts';

/**
 * A cashier gets a passkey for this shop. The enrolment code is needed unless the till was activated for this very cashier
 * within the hour. Refuses `enrolment_code_invalid`, `passkey_…`, `ceremony_expired`, `no_network`.
 */
export async function enrolOperator(
  api: TerminalApi,
  operatorNo: OperatorNo,
  typedCode: string | undefined,
): Promise<Result<OperatorSessionAnswer>> {
  const enrolmentCode = typedCode === undefined ? undefined : parseSecretCode(typedCode);
  if (typedCode !== undefined && enrolmentCode === undefined) return refuse('enrolment_code_invalid');
  const begun = await api.call({
    path: 'terminals/operators/registration-options',
    body: { operatorNo, ...(enrolmentCode && { enrolmentCode }) },
    answer: CeremonyAnswer,
  });
  if (!begun.ok) return begun;
  const { ceremony, options } = begun.value;
  const challenge = await deviceChallenge(options.challenge, PASSKEY_PURPOSES.operatorRegistration);
  if (challenge === undefined) return refuse('internal');
  const created = await createPasskey({ ...options, challenge } as unknown as PasskeyCreationOptions);
  if (!created.ok) return created;
  return finish(api, 'terminals/operators/registration', ceremony, created.value);
}

/** Refuses `passkey_…`, `ceremony_expired`, `operator_unknown`, `no_network`. */
export async function signInOperator(api: TerminalApi, operatorNo: OperatorNo): Promise<Result<OperatorSessionAnswer>> {
  const begun = await api.call({
    path: 'terminals/operators/sign-in-options',
    body: { operatorNo },
    answer: CeremonyAnswer,
  });
  if (!begun.ok) return begun;
  const { ceremony, options } = begun.value;
  const challenge = await deviceChallenge(options.challenge, PASSKEY_PURPOSES.operatorSignIn);
  if (challenge === undefined) return refuse('internal');
  const signed = await getPasskey({ ...options, challenge } as unknown as PasskeyRequestOptions);
  if (!signed.ok) return signed;
  return finish(api, 'terminals/operators/sign-in', ceremony, signed.value);
}

async function finish(
  api: TerminalApi,
  path: string,
  ceremony: string,
  response: unknown,
): Promise<Result<OperatorSessionAnswer>> {
  const answer = await api.call({ path, body: { ceremony, response }, answer: OperatorSessionAnswer });
  return answer.ok ? accept(answer.value) : answer;
}

/** The centre's value never reaches the authenticator as it is: the purpose is hashed into it here. */
async function deviceChallenge(serverChallenge: string, purpose: PasskeyPurpose): Promise<string | undefined> {
  const bytes = decodeBase64url(serverChallenge);
  return bytes && encodeBase64url(await createChallenge(purpose, bytes));
}
