import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { REGISTRY_MIGRATIONS } from '../registry/migrations.ts';
import { applyMigrations } from '../storage/apply-migrations.ts';
import { BOOKS_MIGRATIONS } from './migrations/index.ts';

/** The books of one participant and its registry, in one SQLite database. Named by the participant's code. */
export class Ledger extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    applyMigrations(state.storage, 'books', BOOKS_MIGRATIONS);
    applyMigrations(state.storage, 'registry', REGISTRY_MIGRATIONS);
  }
}
