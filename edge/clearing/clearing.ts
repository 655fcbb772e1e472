import { DurableObject } from 'cloudflare:workers';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { createSecretCode, formatSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import { type CurrencyCode, isoExponent } from '../../shared/protocol/currency.ts';
import type { ProgrammeId } from '../../shared/protocol/identifiers.ts';
import type { PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { Env } from '../env.ts';
import { CEREMONY_MIGRATIONS, type Ceremony, createCeremony, takeCeremony } from '../security/ceremonies.ts';
import type { PasskeyCredential } from '../security/passkeys.ts';
import { RATE_LIMIT_MIGRATIONS, type RateLimit, takeRateLimit } from '../security/rate-limits.ts';
import { createToken, hashSecret } from '../security/secrets.ts';
import { applyMigrations } from '../storage/apply-migrations.ts';
import {
  type Administrator,
  type AdministratorId,
  type AdministratorPasskey,
  type ConsoleSession,
  hasOwner,
  insertAdministrator,
  insertConsoleSession,
  listAdministrators,
  loadAdministratorPasskey,
  loadConsoleSession,
  removeAdministrator,
} from './administrators.ts';
import { type ApiKey, insertApiKey, listApiKeys, loadApiKey, revokeApiKey } from './api-keys.ts';
import {
  createCentreKey,
  type ExportedCentreKey,
  insertCentreKey,
  loadCentreKeys,
  openCentreKey,
} from './centre-keys.ts';
import { type DayKey, loadContentKeys } from './content-keys.ts';
import { insertInvitation, loadInvitation, useInvitation } from './invitations.ts';
import { CLEARING_MIGRATIONS } from './migrations.ts';
import { openBooks } from './open-books.ts';
import {
  type ChangedSettings,
  defaultAmountMinorMax,
  defaultOfflineSettings,
  defaultPayCodeSettings,
  insertParticipant,
  insertProgramme,
  loadProgrammeView,
  type Participant,
  type ProgrammeSettings,
  type ProgrammeView,
  updateSettings,
} from './programme.ts';
import { deriveSealingKey } from './seal-secret.ts';

/** What a new programme is made of; the rest are settings with defaults. */
export interface ProgrammeDraft {
  readonly programme: ProgrammeId;
  readonly name: string;
  readonly currency: string;
  readonly participant: Participant;
}

export interface ConsoleSignIn {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly administratorId: AdministratorId;
}

/** A centre key for the console to show; its private half stays where it is. */
export interface CentreKeyView {
  readonly generation: number;
  readonly publicKey: Bytes;
  readonly validFromMs: number;
}

/**
 * The one object that knows the programme: its participants, the centre's keys, and who administers it. Named `clearing`.
 * It takes no part in a payment: workers and ledgers keep what they asked of it for a few seconds.
 */
export class Clearing extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #now = () => Date.now();
  #sealingKey: Promise<CryptoKey> | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#storage = state.storage;
    this.#sql = state.storage.sql;
    applyMigrations(state.storage, 'rate-limits', RATE_LIMIT_MIGRATIONS);
    applyMigrations(state.storage, 'ceremonies', CEREMONY_MIGRATIONS);
    applyMigrations(state.storage, 'clearing', CLEARING_MIGRATIONS);
  }

  // The programme

  /** @returns undefined before the programme exists */
  async programmeView(): Promise<ProgrammeView | undefined> {
    // A participant whose books could not be told at once is told before anyone routes to them.
    await openBooks(this.#sql, this.env, this.#now());
    return loadProgrammeView(this.#sql);
  }

  isClaimed(): boolean {
    return hasOwner(this.#sql);
  }

  /** What a call to an object costs by itself; see `routes/bench.ts`. */
  doNothing(): void {}

  /** Makes the programme, its first participant and its first key. Refuses `already_exists`. */
  async createProgramme(draft: ProgrammeDraft): Promise<Result<ProgrammeView>> {
    if (loadProgrammeView(this.#sql)) return refuse('already_exists');
    const key = await createCentreKey(draft.programme, undefined, await this.#loadSealingKey(), this.#now());
    const currency = { code: draft.currency as CurrencyCode, exponent: isoExponent(draft.currency) };
    const { requestValidSeconds } = BOUNDS;
    const amountMinorMax = defaultAmountMinorMax(currency.exponent);
    const payCode = defaultPayCodeSettings(currency.exponent);
    const offline = defaultOfflineSettings(currency.exponent);
    const settings = { timeZone: 'UTC', amountMinorMax, requestValidSeconds, payCode, offline };
    const isCreated = this.#storage.transactionSync(() => {
      // Another call may have come first while the key was made.
      if (loadProgrammeView(this.#sql)) return false;
      insertProgramme(this.#sql, { ...draft, currency, settings }, this.#now());
      insertCentreKey(this.#sql, key);
      return true;
    });
    return isCreated ? accept((await this.programmeView())!) : refuse('already_exists');
  }

  /** What is left out stays as it is. Refuses `not_found` before the programme exists. */
  async changeSettings(change: ChangedSettings): Promise<Result<ProgrammeSettings>> {
    const view = loadProgrammeView(this.#sql);
    if (!view) return refuse('not_found');
    const settings = { ...change, payCode: change.payCode ?? view.payCode, offline: change.offline ?? view.offline };
    this.#storage.transactionSync(() => updateSettings(this.#sql, settings));
    await openBooks(this.#sql, this.env, this.#now());
    return accept(settings);
  }

  /** Refuses `not_found` before the programme exists, `already_exists`. */
  async createParticipant(participant: Participant): Promise<Result<Participant>> {
    if (!loadProgrammeView(this.#sql)) return refuse('not_found');
    if (!insertParticipant(this.#sql, participant, this.#now())) return refuse('already_exists');
    await openBooks(this.#sql, this.env, this.#now());
    return accept(participant);
  }

  // Keys

  announcements(): Bytes[] {
    return loadCentreKeys(this.#sql)
      .reverse()
      .map(({ announcement }) => announcement);
  }

  /** Newest first. */
  listCentreKeys(): CentreKeyView[] {
    return loadCentreKeys(this.#sql).map(({ generation, publicKey, validFromMs }) => ({
      generation,
      publicKey,
      validFromMs,
    }));
  }

  /** The private key, for objects that sign: the newest that is in force, or that of one generation. Never to leave the centre. */
  async signingKey(generation?: number): Promise<ExportedCentreKey | undefined> {
    const nowMs = this.#now();
    const sealed = loadCentreKeys(this.#sql).find((key) =>
      generation === undefined ? key.validFromMs <= nowMs : key.generation === generation,
    );
    return sealed && openCentreKey(sealed, await this.#loadSealingKey());
  }

  /** Makes the next key and announces it, signed by the one before; in force a minute later. @returns its generation */
  async rotateCentreKey(): Promise<Result<{ generation: number }>> {
    const view = loadProgrammeView(this.#sql);
    const current = await this.signingKey(loadCentreKeys(this.#sql)[0]?.generation);
    if (!view || !current) return refuse('not_found');
    const next = await createCentreKey(view.programme, current, await this.#loadSealingKey(), this.#now());
    return this.#storage.transactionSync(() => {
      if (loadCentreKeys(this.#sql)[0]?.generation !== current.generation) return refuse('already_exists');
      insertCentreKey(this.#sql, next);
      return accept({ generation: next.generation });
    });
  }

  /** The keys that seal codes: of yesterday, today and tomorrow. */
  async contentKeys(): Promise<DayKey[]> {
    return loadContentKeys(this.#storage, await this.#loadSealingKey(), this.#now());
  }

  // Administrators

  /** Takes one try from a limit kept here. */
  takeRateLimit(limit: RateLimit, subject: string): boolean {
    return takeRateLimit(this.#sql, limit, subject, this.#now());
  }

  createCeremony(purpose: PasskeyPurpose, subject: string): Ceremony {
    return createCeremony(this.#sql, purpose, subject, this.#now());
  }

  takeCeremony(id: string, purpose: PasskeyPurpose): Ceremony | undefined {
    return takeCeremony(this.#sql, id, purpose, this.#now());
  }

  /** The claim's last step: the first administrator, once. Refuses `already_claimed`, `passkey_exists`. */
  async claim(
    administratorId: AdministratorId,
    name: string,
    passkey: PasskeyCredential,
  ): Promise<Result<ConsoleSignIn>> {
    return this.#signIn((nowMs) =>
      hasOwner(this.#sql)
        ? refuse('already_claimed')
        : insertAdministrator(this.#sql, administratorId, name, passkey, nowMs),
    );
  }

  /** @returns the one-time code, grouped for reading; it is shown once */
  async invite(name: string, invitedBy: AdministratorId): Promise<{ code: string; expiresAtMs: number }> {
    const code = createSecretCode();
    const codeHash = await hashSecret(code);
    return { code: formatSecretCode(code), ...insertInvitation(this.#sql, codeHash, name, invitedBy, this.#now()) };
  }

  /** @returns the name the invitation was written to */
  findInvitation(codeHash: Bytes): { name: string } | undefined {
    return loadInvitation(this.#sql, codeHash, this.#now());
  }

  /** Refuses `setup_code_invalid` for an invitation that is used, too old or unknown; `passkey_exists`. */
  async join(
    administratorId: AdministratorId,
    codeHash: Bytes,
    passkey: PasskeyCredential,
  ): Promise<Result<ConsoleSignIn>> {
    return this.#signIn((nowMs) => {
      const invitation = loadInvitation(this.#sql, codeHash, nowMs);
      if (!invitation) return refuse('setup_code_invalid');
      const joined = insertAdministrator(this.#sql, administratorId, invitation.name, passkey, nowMs);
      if (joined.ok) useInvitation(this.#sql, codeHash, nowMs);
      return joined;
    });
  }

  findAdministratorPasskey(credentialId: string): AdministratorPasskey | undefined {
    return loadAdministratorPasskey(this.#sql, credentialId);
  }

  /** After the passkey was verified. Refuses `passkey_unknown` (removed meanwhile). */
  async signInAdministrator(credentialId: string): Promise<Result<ConsoleSignIn>> {
    return this.#signIn((nowMs) => {
      const passkey = loadAdministratorPasskey(this.#sql, credentialId);
      if (!passkey) return refuse('passkey_unknown');
      this.#sql.exec('UPDATE administrator_passkeys SET used_at_ms = ? WHERE credential_id = ?', nowMs, credentialId);
      return accept(passkey.administratorId);
    });
  }

  findConsoleSession(tokenHash: Bytes): ConsoleSession | undefined {
    return loadConsoleSession(this.#sql, tokenHash, this.#now());
  }

  endConsoleSession(tokenHash: Bytes): void {
    this.#sql.exec('DELETE FROM console_sessions WHERE token_hash = ?', tokenHash);
  }

  listAdministrators(): Administrator[] {
    return listAdministrators(this.#sql);
  }

  removeAdministrator(administratorId: AdministratorId): Result<true> {
    return this.#storage.transactionSync(() => removeAdministrator(this.#sql, administratorId, this.#now()));
  }

  // API keys

  /** @returns the key's token, shown once */
  async createApiKey(name: string, createdBy: AdministratorId): Promise<Result<ApiKey & { token: string }>> {
    const token = createToken();
    const tokenHash = await hashSecret(token);
    const created = insertApiKey(this.#sql, tokenHash, name, createdBy, this.#now());
    return created.ok ? accept({ ...created.value, token }) : created;
  }

  findApiKey(tokenHash: Bytes): ApiKey | undefined {
    return loadApiKey(this.#sql, tokenHash, this.#now());
  }

  listApiKeys(): ApiKey[] {
    return listApiKeys(this.#sql);
  }

  revokeApiKey(keyId: string): Result<true> {
    return revokeApiKey(this.#sql, keyId, this.#now());
  }

  /** Runs `admit` and opens a session for whom it lets in, in one transaction. */
  async #signIn(admit: (nowMs: number) => Result<AdministratorId>): Promise<Result<ConsoleSignIn>> {
    const token = createToken();
    const tokenHash = await hashSecret(token);
    return this.#storage.transactionSync(() => {
      const nowMs = this.#now();
      const admitted = admit(nowMs);
      if (!admitted.ok) return admitted;
      const administratorId = admitted.value;
      const { expiresAtMs } = insertConsoleSession(this.#sql, tokenHash, administratorId, nowMs);
      return accept({ token, expiresAtMs, administratorId });
    });
  }

  #loadSealingKey(): Promise<CryptoKey> {
    this.#sealingKey ??= deriveSealingKey(this.env.KEY_SECRET);
    return this.#sealingKey;
  }
}
