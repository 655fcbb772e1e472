import type { Context } from 'hono';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { loadProgramme, type Programme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readSession } from '../security/session-cookie.ts';

export interface ApiEnv {
  Bindings: Env;
}
export type ApiContext = Context<ApiEnv>;

/** Refuses `programme_missing` before the console was claimed: there is none yet to answer for. */
export async function requireProgramme(env: Env): Promise<Result<Programme>> {
  const programme = await loadProgramme(env);
  return programme ? accept(programme) : refuse('programme_missing');
}

/**
 * The object of a participant. Only of one that the programme knows: an object comes into being by being asked, and no
 * caller shall make any.
 */
export function findLedger(env: Env, { view }: Programme, participant: string): DurableObjectStub<Ledger> | undefined {
  return view.participants.some(({ code }) => code === participant) ? env.LEDGER.getByName(participant) : undefined;
}

/** Where new customers and demo shops go: the programme's first participant. */
export function homeParticipant({ view }: Programme): ParticipantCode {
  return view.participants[0]!.code;
}

/** An app's session: the object that holds it, and the hash it is known by there. */
export interface AppSession {
  readonly programme: Programme;
  readonly participant: ParticipantCode;
  readonly ledger: DurableObjectStub<Ledger>;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
}

/**
 * Refuses `not_signed_in` where a call names no session in its form, `programme_missing`. Whether a session holds is asked of
 * the object.
 */
export async function requireSession(c: ApiContext, kind: 'pos' | 'wallet'): Promise<Result<AppSession>> {
  const session = await readSession(c, kind);
  if (!session) return refuse('not_signed_in');
  const programme = await requireProgramme(c.env);
  if (!programme.ok) return programme;
  const { participant, tokenHash } = session;
  const ledger = findLedger(c.env, programme.value, participant);
  return ledger ? accept({ programme: programme.value, participant, ledger, tokenHash }) : refuse('not_signed_in');
}
