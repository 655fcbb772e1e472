import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decodeHex } from '../../shared/protocol/bytes.ts';
import { parseSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import { PASSKEY_PURPOSES } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { ClaimConsoleCall } from '../../shared/protocol/wire/administration.ts';
import type { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { Env } from '../env.ts';
import type { Ceremony } from '../security/ceremonies.ts';
import { originsOf } from '../security/origins.ts';
import {
  createRegistrationOptions,
  createSignInOptions,
  verifyRegistration,
  verifySignIn,
  type WebAuthnResponseJson,
} from '../security/passkeys.ts';
import { hashSecret, isSameSecret } from '../security/secrets.ts';
import { type AdministratorId, createAdministratorId } from './administrators.ts';
import type { ConsoleSignIn } from './clearing.ts';
import { clearingOf, forgetProgramme } from './load-programme.ts';

/**
 * How people get into the console, each in two calls: options for the passkey, then its answer. Runs in the worker:
 * signatures are verified here, the Clearing object only decides and writes. On success set the `centre` session cookie to the
 * token.
 */

/** A programme of one institution needs no more than this as its code; further ones choose theirs. */
export const FIRST_PARTICIPANT = '100001' as ParticipantCode;

type RegistrationSubject =
  | {
      readonly kind: 'claim';
      readonly administratorId: AdministratorId;
      readonly call: Omit<ClaimConsoleCall, 'setupCode'>;
    }
  | { readonly kind: 'join'; readonly administratorId: AdministratorId; readonly code: string };

/**
 * First run: the setup code lets one person claim the console. Where a programme exists already (the demo), its name and
 * currency stay. Refuses `rate_limited`, `already_claimed`, `setup_code_invalid`.
 * @param address who asks, see `clientAddress`: a stranger's tries shall not keep the owner out
 */
export async function beginClaim(
  env: Env,
  { setupCode, ...call }: ClaimConsoleCall,
  address = 'unknown',
): Promise<Result<CeremonyAnswer>> {
  const clearing = clearingOf(env);
  if (!(await clearing.takeRateLimit('setup', `claim/${address}`))) return refuse('rate_limited');
  if (await clearing.isClaimed()) return refuse('already_claimed');
  if (!(await isSetupCode(env, setupCode))) return refuse('setup_code_invalid');
  return beginRegistration(env, call.administratorName, {
    kind: 'claim',
    administratorId: createAdministratorId(),
    call,
  });
}

/** By an administrator's invitation. Refuses `rate_limited`, `setup_code_invalid`. */
export async function beginJoin(
  env: Env,
  invitationCode: string,
  address = 'unknown',
): Promise<Result<CeremonyAnswer>> {
  const clearing = clearingOf(env);
  if (!(await clearing.takeRateLimit('setup', `join/${address}`))) return refuse('rate_limited');
  const code = parseSecretCode(invitationCode);
  const invitation = code && (await clearing.findInvitation(await hashSecret(code)));
  if (!code || !invitation) return refuse('setup_code_invalid');
  return beginRegistration(env, invitation.name, { kind: 'join', administratorId: createAdministratorId(), code });
}

/** Refuses `ceremony_expired`, `passkey_invalid`, `user_not_verified`, `passkey_exists`, `already_claimed`, `setup_code_invalid`. */
export async function finishRegistration(
  env: Env,
  ceremonyId: string,
  response: WebAuthnResponseJson,
): Promise<Result<ConsoleSignIn>> {
  const clearing = clearingOf(env);
  const ceremony = await clearing.takeCeremony(ceremonyId, PASSKEY_PURPOSES.centreRegistration);
  if (!ceremony) return refuse('ceremony_expired');
  const passkey = await verifyRegistration(originsOf(env), ceremony, response);
  if (!passkey.ok) return passkey;
  const subject = JSON.parse(ceremony.subject) as RegistrationSubject;
  if (subject.kind === 'join')
    return clearing.join(subject.administratorId, await hashSecret(subject.code), passkey.value);
  const { programme, programmeName, currency, participantName, administratorName } = subject.call;
  // Before the claim: a claimed console without a programme could not be used, the other way round nothing is lost.
  const created = await clearing.createProgramme({
    programme,
    name: programmeName,
    currency,
    participant: { code: FIRST_PARTICIPANT, name: participantName },
  });
  if (!created.ok && created.code !== 'already_exists') return created;
  forgetProgramme();
  return clearing.claim(subject.administratorId, administratorName, passkey.value);
}

/** Refuses `rate_limited`. @param address who asks, see `clientAddress` */
export async function beginSignIn(env: Env, address: string): Promise<Result<CeremonyAnswer>> {
  const clearing = clearingOf(env);
  if (!(await clearing.takeRateLimit('signInByAddress', address))) return refuse('rate_limited');
  const ceremony = await clearing.createCeremony(PASSKEY_PURPOSES.centreSignIn, '');
  const options = await createSignInOptions(originsOf(env), ceremony);
  return accept({ ceremony: ceremony.id, options: { ...options } });
}

/** Refuses `ceremony_expired`, `rate_limited`, `passkey_unknown`, `passkey_invalid`, `user_not_verified`. */
export async function finishSignIn(
  env: Env,
  ceremonyId: string,
  response: WebAuthnResponseJson,
): Promise<Result<ConsoleSignIn>> {
  const clearing = clearingOf(env);
  const ceremony = await clearing.takeCeremony(ceremonyId, PASSKEY_PURPOSES.centreSignIn);
  if (!ceremony) return refuse('ceremony_expired');
  const passkey = await clearing.findAdministratorPasskey(response.id);
  if (!passkey) return refuse('passkey_unknown');
  if (!(await clearing.takeRateLimit('signInByCredential', response.id))) return refuse('rate_limited');
  const verified = await verifySignIn(originsOf(env), ceremony, response, passkey);
  return verified.ok ? clearing.signInAdministrator(passkey.credentialId) : verified;
}

async function beginRegistration(
  env: Env,
  name: string,
  subject: RegistrationSubject,
): Promise<Result<CeremonyAnswer>> {
  const ceremony: Ceremony = await clearingOf(env).createCeremony(
    PASSKEY_PURPOSES.centreRegistration,
    JSON.stringify(subject),
  );
  const user = { id: decodeHex(subject.administratorId) as Bytes, name };
  const options = await createRegistrationOptions(originsOf(env), 'Tandem', ceremony, user, 'required');
  return accept({ ceremony: ceremony.id, options: { ...options } });
}

/** Case and dashes are forgiven, as people type it from a terminal window. An unset code claims nothing. */
async function isSetupCode(env: Env, typed: string): Promise<boolean> {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const expected = plain(env.SETUP_CODE ?? '');
  return (await isSameSecret(plain(typed), expected)) && expected.length >= 8;
}
