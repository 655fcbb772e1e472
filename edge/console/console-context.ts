import type { Context } from 'hono';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ConsoleSession } from '../clearing/administrators.ts';
import type { Env } from '../env.ts';
import type { Books, Desk } from './operations/desk.ts';

/** What is found out before any page is made, by `requireAdministrator`. */
export interface ConsoleVariables {
  readonly desk: Desk;
  readonly session: ConsoleSession;
  /** Hash of the session's token: notes are sealed to it. */
  readonly sessionHash: Bytes;
  /** Under a participant's code only, by `openBooks`. */
  readonly books: Books;
}

export type ConsoleEnv = { Bindings: Env; Variables: ConsoleVariables };
export type ConsoleContext = Context<ConsoleEnv>;
