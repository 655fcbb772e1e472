import { env } from 'cloudflare:workers';
import { beginClaim, finishRegistration } from '../../../edge/clearing/administrator-sign-in.ts';
import type { ConsoleSignIn } from '../../../edge/clearing/clearing.ts';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { unwrap } from '../../support/devices.ts';
import { challengeOf } from '../../support/enrol.ts';
import { createSoftwareAuthenticator, type SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { clearing, demoActivationCode, origin } from './test-app.ts';

export const CLAIM = {
  setupCode: 'test abcd 2345',
  programme: 'campus',
  programmeName: 'Campus',
  currency: 'EUR',
  participantName: 'Student Services',
  administratorName: 'Ada',
} as Parameters<typeof beginClaim>[1];

export function createConsoleAuthenticator(): Promise<SoftwareAuthenticator> {
  return createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
}

/** Answers the options of a claim or an invitation with a new passkey. */
export async function register(
  begun: Result<CeremonyAnswer>,
  authenticator: SoftwareAuthenticator,
): Promise<Result<ConsoleSignIn>> {
  const { challenge } = await challengeOf(unwrap(begun), PASSKEY_PURPOSES.centreRegistration);
  return finishRegistration(env, unwrap(begun).ceremony, { ...(await authenticator.register(challenge)) });
}

export async function claimConsole(authenticator?: SoftwareAuthenticator): Promise<ConsoleSignIn> {
  return unwrap(await register(await beginClaim(env, CLAIM), authenticator ?? (await createConsoleAuthenticator())));
}

/** An administrator's API key, in a demo that somebody claimed. */
export async function createApiKey(): Promise<string> {
  await demoActivationCode();
  const { administratorId } = await claimConsole();
  return unwrap(await clearing().createApiKey('tests', administratorId)).token;
}
