import type { AccountNumber, ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import { participantOf } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { Participant, ProgrammeView } from '../../clearing/programme.ts';
import type { Env } from '../../env.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** Who does something: a person signed in at the console, or a program by its API key. Stands beside what they did. */
export interface Actor {
  readonly kind: 'administrator' | 'api-key';
  /** Of the administrator, or of the key. */
  readonly id: string;
  readonly name: string;
}

/** Where administrators' operations are done; the same for the console's forms and for the API. */
export interface Desk {
  readonly env: Env;
  readonly programme: ProgrammeView;
  readonly actor: Actor;
}

/** One participant's books and registry, as an operation works on them. */
export interface Books {
  readonly participant: Participant;
  readonly ledger: DurableObjectStub<Ledger>;
}

/** Of a participant that the programme knows: an object comes into being by being asked, and no caller shall make any. */
export function findBooks({ env, programme }: Desk, code: string): Books | undefined {
  const participant = programme.participants.find((known) => known.code === code);
  return participant && { participant, ledger: env.LEDGER.getByName(code) };
}

/** Account numbers name their participant. Refuses `account_unknown`. */
export function booksOfAccount(desk: Desk, accountNumber: AccountNumber): Result<Books> {
  const books = findBooks(desk, participantOf(accountNumber));
  return books ? accept(books) : refuse('account_unknown');
}

/**
 * The participant that a call names, or the only one there is. Refuses `not_found`; `malformed` where there are several
 * and none is named.
 */
export function booksOfCall(desk: Desk, code: ParticipantCode | undefined): Result<Books> {
  const { participants } = desk.programme;
  if (code === undefined && participants.length > 1) return refuse('malformed', 'Name one of the participants.');
  const books = findBooks(desk, code ?? participants[0]?.code ?? '');
  return books ? accept(books) : refuse('not_found');
}
