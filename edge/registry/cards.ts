import { RpcTarget } from 'cloudflare:workers';
import { createSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { hashSecret } from '../security/secrets.ts';
import { findCard, insertCard } from './card-records.ts';
import type { RegistryContext } from './context.ts';
import { insertCode } from './secret-codes.ts';
import type { FreshCode } from './shops.ts';

/** A customer's account as the programme administers it. */
export interface Card {
  readonly accountNumber: AccountNumber;
  readonly label: string;
  /** None while its claim code waits for someone. */
  readonly customerName: string | undefined;
  readonly status: 'open' | 'frozen' | 'closed';
  readonly availableMinor: number;
  readonly createdAtMs: number;
}

export interface CardFilter {
  /** Part of a name or label, or digits of the account number. */
  readonly search?: string | undefined;
  /** The last of the page before. */
  readonly before?: AccountNumber | undefined;
  readonly limit?: number | undefined;
}

const PAGE = 50;

interface CardRow extends Record<string, SqlStorageValue> {
  account_number: string;
  label: string;
  customer_name: string | null;
  created_at_ms: number;
}

const SELECT_CARDS = `
  SELECT k.account_number, k.label, c.name AS customer_name, k.created_at_ms
  FROM cards k LEFT JOIN customers c USING (customer_id)`;

/** Customers' accounts, as the programme administers them. The caller has checked who asks. */
export class Cards extends RpcTarget {
  readonly #context: RegistryContext;

  constructor(context: RegistryContext) {
    super();
    this.#context = context;
  }

  /** Opens an account for a card that is handed out with a one-time claim code. */
  async createCard(label: string): Promise<{ card: Card; claim: FreshCode }> {
    const { storage, books, now } = this.#context;
    const code = createSecretCode();
    const codeHash = await hashSecret(code);
    return storage.transactionSync(() => {
      const nowMs = now();
      const accountNumber = books.openCustomerAccount(nowMs);
      insertCard(storage.sql, accountNumber, undefined, label, nowMs);
      const { expiresAtMs } = insertCode(storage.sql, codeHash, { purpose: 'claim', subject: accountNumber }, nowMs);
      return { card: this.#findCard(accountNumber)!, claim: { code, expiresAtMs } };
    });
  }

  /** Anew, where the first was lost or is too old. Refuses `account_unknown`, `already_exists` (someone has the card). */
  async createClaimCode(accountNumber: AccountNumber): Promise<Result<FreshCode>> {
    const { storage, now } = this.#context;
    const card = findCard(storage.sql, accountNumber);
    if (!card) return refuse('account_unknown');
    if (card.customerId !== undefined) return refuse('already_exists');
    const code = createSecretCode();
    const codeHash = await hashSecret(code);
    const { expiresAtMs } = storage.transactionSync(() =>
      insertCode(storage.sql, codeHash, { purpose: 'claim', subject: accountNumber }, now()),
    );
    return accept({ code, expiresAtMs });
  }

  findCard(accountNumber: AccountNumber): Card | undefined {
    return this.#findCard(accountNumber);
  }

  /** Newest first, 50 at a time unless said otherwise. */
  listCards({ search, before, limit = PAGE }: CardFilter = {}): Card[] {
    return this.#context.storage.sql
      .exec<CardRow>(
        `${SELECT_CARDS}
         WHERE (?1 IS NULL OR k.rowid < (SELECT rowid FROM cards WHERE account_number = ?1))
           AND (?2 IS NULL OR instr(k.account_number, ?2) OR instr(lower(k.label), ?2) OR instr(lower(c.name), ?2))
         ORDER BY k.rowid DESC LIMIT ?3`,
        before ?? null,
        // `lower` of SQLite knows ASCII only, so the text is lowered the same way.
        search ? search.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : null,
        Math.min(limit, 200),
      )
      .toArray()
      .map((row) => this.#toCard(row));
  }

  #findCard(accountNumber: AccountNumber): Card | undefined {
    const [row] = this.#context.storage.sql
      .exec<CardRow>(`${SELECT_CARDS} WHERE k.account_number = ?`, accountNumber)
      .toArray();
    return row && this.#toCard(row);
  }

  #toCard(row: CardRow): Card {
    const accountNumber = row.account_number as AccountNumber;
    const { status, availableMinor } = this.#context.books.loadAccount(accountNumber)!;
    return {
      accountNumber,
      label: row.label,
      customerName: row.customer_name ?? undefined,
      status,
      availableMinor,
      createdAtMs: row.created_at_ms,
    };
  }
}
