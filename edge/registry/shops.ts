import { RpcTarget } from 'cloudflare:workers';
import { createRandomBytes } from '../../shared/protocol/bytes.ts';
import { createSecretCode } from '../../shared/protocol/codes/secret-code.ts';
import type { AccountNumber, MerchantNo, OperatorNo, TerminalId } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { hashSecret } from '../security/secrets.ts';
import type { RegistryContext } from './context.ts';
import { findOperator, formatOperatorSubject, insertOperator, listOperators, type Operator } from './operators.ts';
import { type CodePurpose, dropCodes, findCode, insertCode } from './secret-codes.ts';
import { dropTerminalSessions } from './sessions.ts';
import { terminalTag } from './socket-tags.ts';
import { revokeTerminalCertificates } from './terminal-certificates.ts';
import { countAgreedTerminals, findTerminalTerms, type TerminalTerms } from './terminal-terms.ts';

export interface Merchant {
  readonly merchantNo: MerchantNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  /** Payable account: what the programme owes the shop. */
  readonly accountNumber: AccountNumber;
  readonly terminalCount: number;
  readonly createdAtMs: number;
}

export interface Terminal {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  readonly status: 'open' | 'closed';
  /** When a tablet last took this terminal over; undefined: never yet. */
  readonly activatedAtMs: number | undefined;
  /** An activation code is waiting to be used until then. */
  readonly codeExpiresAtMs: number | undefined;
  readonly createdAtMs: number;
}

/** A one-time code at the only moment it is readable. */
export interface FreshCode {
  readonly code: string;
  readonly expiresAtMs: number;
}

/** Letters and digits that no one confuses when a terminal id is read out: no I, L, O, U, 0, 1. */
const TERMINAL_ID_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Shops, their terminals and cashiers, as the programme administers them. The caller has checked who asks. */
export class Shops extends RpcTarget {
  readonly #context: RegistryContext;

  constructor(context: RegistryContext) {
    super();
    this.#context = context;
  }

  /** With its payable account, in one transaction. Refuses `already_exists`. */
  createMerchant(call: { name: string; merchantNo?: MerchantNo | undefined }): Result<Merchant> {
    const { storage, books, now } = this.#context;
    return storage.transactionSync(() => {
      const nowMs = now();
      const merchantNo = call.merchantNo ?? this.#nextMerchantNo();
      if (this.#findMerchant(merchantNo)) return refuse('already_exists');
      const accountNumber = books.openMerchantAccount(nowMs);
      storage.sql.exec(
        `INSERT INTO merchants (merchant_no, name, account_number, status, created_at_ms) VALUES (?, ?, ?, 'open', ?)`,
        merchantNo,
        call.name,
        accountNumber,
        nowMs,
      );
      return accept(this.#findMerchant(merchantNo)!);
    });
  }

  listMerchants(): Merchant[] {
    return this.#selectMerchants('ORDER BY m.name, m.merchant_no');
  }

  findMerchant(merchantNo: MerchantNo): Merchant | undefined {
    return this.#findMerchant(merchantNo);
  }

  /** Refuses `not_found`. A closed shop's requests are refused; what it sold before stays sold. */
  setMerchantStatus(merchantNo: MerchantNo, status: Merchant['status']): Result<Merchant> {
    const { sql } = this.#context.storage;
    sql.exec('UPDATE merchants SET status = ? WHERE merchant_no = ?', status, merchantNo);
    const merchant = this.#findMerchant(merchantNo);
    return merchant ? accept(merchant) : refuse('not_found');
  }

  /** Refuses `merchant_unknown`, `already_exists`. */
  createTerminal(call: { merchantNo: MerchantNo; terminalId?: TerminalId | undefined }): Result<Terminal> {
    const { storage, now } = this.#context;
    return storage.transactionSync(() => {
      if (!this.#findMerchant(call.merchantNo)) return refuse('merchant_unknown');
      const terminalId = call.terminalId ?? createTerminalId();
      if (this.#findTerminal(terminalId)) return refuse('already_exists');
      storage.sql.exec(
        `INSERT INTO terminals (terminal_id, merchant_no, status, created_at_ms) VALUES (?, ?, 'open', ?)`,
        terminalId,
        call.merchantNo,
        now(),
      );
      return accept(this.#findTerminal(terminalId)!);
    });
  }

  /** What the shop said last at a till to who bears which loss without network. */
  findTerminalTerms(terminalId: TerminalId): TerminalTerms | undefined {
    return findTerminalTerms(this.#context.storage.sql, terminalId);
  }

  /** Tills that may take payments on their own. */
  countAgreedTerminals(): number {
    return countAgreedTerminals(this.#context.storage.sql);
  }

  /** Of one shop, or all. */
  listTerminals(merchantNo?: MerchantNo): Terminal[] {
    return merchantNo === undefined
      ? this.#selectTerminals('ORDER BY t.created_at_ms')
      : this.#selectTerminals('WHERE t.merchant_no = ?2 ORDER BY t.created_at_ms', merchantNo);
  }

  findTerminal(terminalId: TerminalId): Terminal | undefined {
    return this.#findTerminal(terminalId);
  }

  /**
   * Closing ends the terminal's certificates, sessions and codes: a stolen tablet asks for nothing from here on. To use it
   * again, open it and activate it anew. Refuses `not_found`.
   */
  setTerminalStatus(terminalId: TerminalId, status: Terminal['status']): Result<Terminal> {
    const { storage, now } = this.#context;
    return storage.transactionSync(() => {
      storage.sql.exec('UPDATE terminals SET status = ? WHERE terminal_id = ?', status, terminalId);
      if (status === 'closed') {
        revokeTerminalCertificates(storage.sql, terminalId, undefined, now());
        dropTerminalSessions(storage.sql, terminalId);
        this.#context.closeSockets(terminalTag(terminalId));
        dropCodes(storage.sql, 'activation', terminalId);
      }
      const terminal = this.#findTerminal(terminalId);
      return terminal ? accept(terminal) : refuse('not_found');
    });
  }

  /**
   * A fresh code; one made before and not used is void. The key of the tablet in use, if any, works until the new one is
   * activated. Refuses `terminal_unknown`, `terminal_closed`, `operator_unknown`.
   * @param operatorNo the cashier who may enrol at the till within the hour, once, without a code
   * @param code one made by the caller, not to be guessed either; while it waits to be used, giving it again changes nothing
   */
  async createActivationCode(
    terminalId: TerminalId,
    operatorNo?: OperatorNo,
    code: string = createSecretCode(),
  ): Promise<Result<FreshCode>> {
    const terminal = this.#findTerminal(terminalId);
    if (!terminal) return refuse('terminal_unknown');
    if (terminal.status !== 'open') return refuse('terminal_closed');
    const { sql } = this.#context.storage;
    if (operatorNo && findOperator(sql, terminal.merchantNo, operatorNo)?.status !== 'open')
      return refuse('operator_unknown');
    if (terminal.codeExpiresAtMs !== undefined && (await this.#isWaiting(code, terminalId)))
      return accept({ code, expiresAtMs: terminal.codeExpiresAtMs });
    return this.#freshCode('activation', terminalId, code, operatorNo);
  }

  /** With the code by which the cashier enrols a passkey at a till. Refuses `merchant_unknown`, `already_exists`. */
  async createOperator(call: {
    merchantNo: MerchantNo;
    operatorNo: OperatorNo;
    name: string;
  }): Promise<Result<{ operator: Operator; enrolment: FreshCode }>> {
    const { storage, now } = this.#context;
    const { merchantNo, operatorNo } = call;
    const code = createSecretCode();
    const codeHash = await hashSecret(code);
    return storage.transactionSync(() => {
      const nowMs = now();
      if (!this.#findMerchant(merchantNo)) return refuse('merchant_unknown');
      if (!insertOperator(storage.sql, merchantNo, call, nowMs)) return refuse('already_exists');
      const subject = formatOperatorSubject(merchantNo, operatorNo);
      const { expiresAtMs } = insertCode(storage.sql, codeHash, { purpose: 'enrolment', subject }, nowMs);
      return accept({ operator: findOperator(storage.sql, merchantNo, operatorNo)!, enrolment: { code, expiresAtMs } });
    });
  }

  listOperators(merchantNo: MerchantNo): Operator[] {
    return listOperators(this.#context.storage.sql, merchantNo);
  }

  /** For a further passkey, or after the first was lost. Refuses `operator_unknown`. */
  async createEnrolmentCode(merchantNo: MerchantNo, operatorNo: OperatorNo): Promise<Result<FreshCode>> {
    if (findOperator(this.#context.storage.sql, merchantNo, operatorNo)?.status !== 'open')
      return refuse('operator_unknown');
    return this.#freshCode('enrolment', formatOperatorSubject(merchantNo, operatorNo), createSecretCode());
  }

  /** A closed cashier signs in nowhere, and requests in that number are refused. Refuses `operator_unknown`. */
  setOperatorStatus(merchantNo: MerchantNo, operatorNo: OperatorNo, status: Operator['status']): Result<Operator> {
    const { storage } = this.#context;
    return storage.transactionSync(() => {
      const where = 'WHERE merchant_no = ? AND operator_no = ?';
      storage.sql.exec(`UPDATE operators SET status = ? ${where}`, status, merchantNo, operatorNo);
      const operator = findOperator(storage.sql, merchantNo, operatorNo);
      if (!operator) return refuse('operator_unknown');
      if (status === 'closed') {
        dropCodes(storage.sql, 'enrolment', formatOperatorSubject(merchantNo, operatorNo));
        storage.sql.exec(`DELETE FROM passkeys ${where}`, merchantNo, operatorNo);
        storage.sql.exec(
          `UPDATE sessions SET operator_no = NULL, operator_expires_at_ms = NULL WHERE operator_no = ?
             AND terminal_id IN (SELECT terminal_id FROM terminals WHERE merchant_no = ?)`,
          operatorNo,
          merchantNo,
        );
      }
      return accept(operator);
    });
  }

  async #isWaiting(code: string, terminalId: TerminalId): Promise<boolean> {
    const { storage, now } = this.#context;
    const known = findCode(storage.sql, await hashSecret(code), 'activation', now());
    return known?.subject === terminalId && !known.isUsed;
  }

  async #freshCode(
    purpose: CodePurpose,
    subject: string,
    code: string,
    operatorNo?: OperatorNo,
  ): Promise<Result<FreshCode>> {
    const { storage, now } = this.#context;
    const codeHash = await hashSecret(code);
    return storage.transactionSync(() =>
      accept({ code, ...insertCode(storage.sql, codeHash, { purpose, subject, operatorNo }, now()) }),
    );
  }

  /** Participant and a running number: 15 digits, as acquirers write field 42. */
  #nextMerchantNo(): MerchantNo {
    const { books, storage } = this.#context;
    const { participant } = books.rules();
    const [row] = storage.sql
      .exec<{ last: string | null }>(
        `SELECT max(merchant_no) AS last FROM merchants
         WHERE merchant_no BETWEEN ?1 || '000000000' AND ?1 || '899999999' AND merchant_no NOT GLOB '*[A-Z]*'`,
        participant,
      )
      .toArray();
    // Numbers that someone chose above the range are left out of the count, so that it never runs into its end.
    const next = Number(row?.last?.slice(6) ?? 0) + 1;
    return `${participant}${String(next).padStart(9, '0')}` as MerchantNo;
  }

  #findMerchant(merchantNo: MerchantNo): Merchant | undefined {
    return this.#selectMerchants('WHERE m.merchant_no = ?', merchantNo)[0];
  }

  #selectMerchants(rest: string, ...bindings: SqlStorageValue[]): Merchant[] {
    return this.#context.storage.sql
      .exec(
        `SELECT m.*, (SELECT count(*) FROM terminals t WHERE t.merchant_no = m.merchant_no) AS terminal_count
         FROM merchants m ${rest}`,
        ...bindings,
      )
      .toArray()
      .map((row) => ({
        merchantNo: row.merchant_no as MerchantNo,
        name: row.name as string,
        status: row.status as Merchant['status'],
        accountNumber: row.account_number as AccountNumber,
        terminalCount: row.terminal_count as number,
        createdAtMs: row.created_at_ms as number,
      }));
  }

  #findTerminal(terminalId: TerminalId): Terminal | undefined {
    return this.#selectTerminals('WHERE t.terminal_id = ?2', terminalId)[0];
  }

  #selectTerminals(rest: string, ...bindings: SqlStorageValue[]): Terminal[] {
    return this.#context.storage.sql
      .exec(
        `SELECT t.*, m.name AS shop_name, (SELECT max(c.expires_at_ms) FROM secret_codes c WHERE c.purpose = 'activation'
           AND c.subject = t.terminal_id AND c.used_at_ms IS NULL AND c.expires_at_ms > ?1) AS code_expires_at_ms
         FROM terminals t JOIN merchants m USING (merchant_no) ${rest}`,
        this.#context.now(),
        ...bindings,
      )
      .toArray()
      .map((row) => ({
        terminalId: row.terminal_id as TerminalId,
        merchantNo: row.merchant_no as MerchantNo,
        shopName: row.shop_name as string,
        status: row.status as Terminal['status'],
        activatedAtMs: (row.activated_at_ms as number | null) ?? undefined,
        codeExpiresAtMs: (row.code_expires_at_ms as number | null) ?? undefined,
        createdAtMs: row.created_at_ms as number,
      }));
  }
}

/**
 * Random, so that terminals of two participants do not share a trace key: 30^8 ids. The alphabet's length does not divide
 * 256; the slight preference for its first letters harms nothing, as an id is no secret.
 */
function createTerminalId(): TerminalId {
  const letters = [...createRandomBytes(8)].map((byte) => TERMINAL_ID_ALPHABET[byte % TERMINAL_ID_ALPHABET.length]);
  return letters.join('') as TerminalId;
}
