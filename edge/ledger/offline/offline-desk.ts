import { RpcTarget } from 'cloudflare:workers';
import { type Bytes, decodeHex, encodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { clearingOf } from '../../clearing/load-programme.ts';
import type { Env } from '../../env.ts';
import { findWalletSession } from '../../registry/sessions.ts';
import { originsOf } from '../../security/origins.ts';
import { takeRateLimit } from '../../security/rate-limits.ts';
import { ownSerialOf } from '../accounts.ts';
import type { Bookkeeper } from '../bookkeeper.ts';
import type { RenewCommand } from '../commands.ts';
import { loadAllowance } from './allowances.ts';
import { type CollectDebtCommand, collectDebt, type DebtView, listDebts } from './debts.ts';
import { type DoubleSpendView, listDoubleSpends, loadEvidenceDocuments } from './evidence-views.ts';
import {
  type Exposure,
  type LateArrival,
  listLateArrivals,
  listOutstanding,
  loadExposure,
  type OutstandingAllowance,
} from './exposure.ts';
import { type Renewed, renewAllowance } from './renew.ts';
import { revokeAllowance } from './revocations.ts';
import { SignedRevocations } from './signed-revocations.ts';

export interface OfflineDeskParts {
  readonly env: Env;
  readonly signer: CentreSigner;
  readonly books: Bookkeeper;
  /** Sees to it that what is held now is given back in time. */
  readonly arm: () => Promise<void>;
}

export interface RevokeCommand {
  /** Of the allowance, hex. */
  readonly serial: string;
  readonly reason: string;
}

const LATE_MAX = 200;

/**
 * Paying without network, but for the payments themselves (`Ledger.settle`): allowances, withdrawn ones, and what the console is
 * to see of it. Declare it with `using`, as the registry.
 */
export class OfflineDesk extends RpcTarget {
  readonly #parts: OfflineDeskParts;
  readonly #revocations: SignedRevocations;

  constructor(parts: OfflineDeskParts) {
    super();
    this.#parts = parts;
    this.#revocations = new SignedRevocations(parts.signer);
  }

  /** Before a rehearsal's signatures are looked at: a phone rehearses once. Refuses `not_signed_in`, `rate_limited`. */
  admitRehearsal(tokenHash: Bytes): Promise<Result<true>> {
    return this.#parts.books.book(({ sql, nowMs }) => {
      const session = findWalletSession(sql, tokenHash, nowMs);
      if (!session) return refuse('not_signed_in');
      const { customerId } = session;
      return takeRateLimit(sql, 'rehearsalByCustomer', encodeHex(customerId), nowMs)
        ? accept(true)
        : refuse('rate_limited');
    });
  }

  /** A wallet closes its allowance and asks for the next. Refuses what `renewAllowance` refuses. */
  async renew(command: RenewCommand): Promise<Result<Renewed>> {
    const renewed = await this.#parts.books.decide((context) => renewAllowance(context, command));
    await this.#parts.arm();
    return renewed;
  }

  /** `RevocationList` documents, signed, for a device that has version `since`. */
  async revocationLists(since: number): Promise<Bytes[]> {
    const sources = this.#parts.books.sources;
    return sources ? this.#revocations.lists(sources, since, Date.now()) : [];
  }

  // For the console

  /** What is set aside, newest first. @param accountNumber of one account only */
  outstanding(accountNumber?: AccountNumber): OutstandingAllowance[] {
    const sources = this.#parts.books.sources;
    if (!sources) return [];
    const { sql, rules } = sources;
    const serial = accountNumber && ownSerialOf(accountNumber, rules.participant);
    if (accountNumber && serial === undefined) return [];
    return listOutstanding(sql, rules, Date.now(), serial);
  }

  /** @returns undefined before the books were opened */
  exposure(): Exposure | undefined {
    const sources = this.#parts.books.sources;
    return sources && loadExposure(sources.sql, Date.now());
  }

  /** Payments that came in after their requests' end, newest first. */
  lateArrivals(limit = LATE_MAX): LateArrival[] {
    const sources = this.#parts.books.sources;
    return sources ? listLateArrivals(sources.sql, sources.rules, Math.min(limit, LATE_MAX)) : [];
  }

  /** Newest first. */
  doubleSpends(): DoubleSpendView[] {
    const sources = this.#parts.books.sources;
    return sources ? listDoubleSpends(sources.sql, sources.rules) : [];
  }

  /** All that proves one of them, for anyone to check with `npm run verify-evidence`. */
  async evidenceFile(id: number): Promise<EvidenceFile | undefined> {
    const { env } = this.#parts;
    const sources = this.#parts.books.sources;
    const documents = sources && loadEvidenceDocuments(sources.sql, sources.shelf, id);
    if (!sources || !documents) return undefined;
    const { rpId, walletOrigin } = originsOf(env);
    const announcements = await clearingOf(env).announcements();
    return {
      format: 'tandem-evidence/1',
      programme: sources.rules.programme,
      centreKeys: announcements.map(encodeBase64url),
      rpId,
      origins: [walletOrigin],
      ...documents,
    };
  }

  /** Accounts that owe the guarantee something. */
  debts(): DebtView[] {
    const sources = this.#parts.books.sources;
    return sources ? listDebts(sources.sql, sources.rules) : [];
  }

  /** Takes what an account owes from its balance. Refuses `account_unknown`, `not_found`, `insufficient_balance`, `ledger_halted`. */
  collectDebt(command: CollectDebtCommand): Promise<Result<{ collectedMinor: number; owedMinor: number }>> {
    return this.#parts.books.book((context) => collectDebt(context, command));
  }

  /** Withdraws an allowance; again it changes nothing. Refuses `allowance_unknown`, `ledger_halted`. */
  revoke({ serial, reason }: RevokeCommand): Promise<Result<{ version: number }>> {
    return this.#parts.books.book(({ sql, nowMs }) => {
      const bytes = decodeHex(serial);
      const allowance = bytes && loadAllowance(sql, bytes);
      return allowance
        ? accept({ version: revokeAllowance(sql, allowance, reason, nowMs) })
        : refuse('allowance_unknown');
    });
  }
}
