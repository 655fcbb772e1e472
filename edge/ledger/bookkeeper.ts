import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { CentreSigner } from '../clearing/centre-signer.ts';
import type { OpenCommand } from './commands.ts';
import { isContradiction } from './contradiction.ts';
import { GroupCommit } from './group-commit.ts';
import { CertificateShelf } from './payments/certificates.ts';
import type { PaymentContext } from './payments/payment-steps.ts';
import type { ReceiptSources } from './payments/receipts.ts';
import { type BookContext, type LedgerRules, loadRules, openBooks } from './rules.ts';

export interface BookkeeperParts {
  /** With the tables of `BOOKS_MIGRATIONS`. */
  readonly storage: DurableObjectStorage;
  readonly signer: CentreSigner;
  readonly isGroupCommitOn: boolean;
}

/**
 * The books and the one way to change them: an operation is synchronous, and is one transaction of its own. Every one of them
 * refuses `unavailable` before the books were opened, and `ledger_halted` once they contradicted themselves.
 */
export class Bookkeeper {
  readonly sql: SqlStorage;
  readonly shelf: CertificateShelf;
  readonly #signer: CentreSigner;
  readonly #commit: GroupCommit;
  /** Facts that do not change, but for a limit, which `open` changes here too. */
  #rules: LedgerRules | undefined;
  #isHalted: boolean;

  constructor({ storage, signer, isGroupCommitOn }: BookkeeperParts) {
    this.sql = storage.sql;
    this.shelf = new CertificateShelf(this.sql);
    this.#signer = signer;
    this.#commit = new GroupCommit(storage, { isOn: isGroupCommitOn, onFailure: (error) => this.#halt(error) });
    this.#rules = loadRules(this.sql);
    this.#isHalted = this.sql.exec('SELECT 1 FROM halts LIMIT 1').toArray().length > 0;
  }

  /** Undefined before the books were opened. */
  get rules(): LedgerRules | undefined {
    return this.#rules;
  }

  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** What answers and receipts are made from; undefined before the books were opened. */
  get sources(): ReceiptSources | undefined {
    return this.#rules && { sql: this.sql, rules: this.#rules, shelf: this.shelf };
  }

  /** Refuses `already_exists`. */
  open(command: OpenCommand): Promise<Result<true>> {
    return this.#commit.run(() => {
      const opened = openBooks(this.sql, command, Date.now());
      this.#rules = loadRules(this.sql);
      return opened;
    });
  }

  /** An operation that signs nothing. */
  book<T>(operation: (context: BookContext) => Result<T>): Promise<Result<T>> {
    return this.#run((rules) => operation({ sql: this.sql, rules, nowMs: Date.now() }));
  }

  /** An operation with the key that signs what comes of it. */
  async decide<T>(operation: (context: PaymentContext) => T) {
    const { generation } = await this.#signer.newestKey();
    return this.#run((rules) => operation(this.#contextOf(rules, generation)));
  }

  /** For what is only read, but with that key; outside any transaction. Undefined before the books were opened. */
  async context(): Promise<PaymentContext | undefined> {
    const { generation } = await this.#signer.newestKey();
    return this.#rules && this.#contextOf(this.#rules, generation);
  }

  async #run<T>(operation: (rules: LedgerRules) => T) {
    try {
      return await this.#commit.run(() => {
        if (!this.#rules) return refuse('unavailable', 'These books were never opened.');
        return this.#isHalted ? refuse('ledger_halted') : operation(this.#rules);
      });
    } catch (error) {
      if (isContradiction(error)) return refuse('ledger_halted');
      throw error;
    }
  }

  #contextOf(rules: LedgerRules, keyGeneration: number): PaymentContext {
    return { sql: this.sql, rules, shelf: this.shelf, nowMs: Date.now(), keyGeneration };
  }

  /** Inside the transaction in which an operation failed: if the books contradict themselves, nothing is posted any more. */
  #halt(error: unknown): void {
    if (!isContradiction(error)) return;
    this.#isHalted = true;
    this.sql.exec('INSERT INTO halts (at_ms, reason) VALUES (?, ?)', Date.now(), error.message);
    console.error('The ledger halted:', error.message);
  }
}
