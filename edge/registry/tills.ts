import { RpcTarget } from 'cloudflare:workers';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, encodeHex, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { MerchantNo, TerminalId } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { OperatorAnswer } from '../../shared/protocol/wire/terminals.ts';
import { takeRateLimit } from '../security/rate-limits.ts';
import { createToken, hashSecret } from '../security/secrets.ts';
import type { RegistryContext } from './context.ts';
import { operatorAnswers } from './operators.ts';
import { findCode, useCode } from './secret-codes.ts';
import {
  dropTerminalSessions,
  extendTerminalSession,
  findTerminalSession,
  insertTerminalSession,
  type TerminalSession,
} from './sessions.ts';
import { terminalTag } from './socket-tags.ts';
import {
  ensureTerminalCertificate,
  revokeTerminalCertificates,
  signTerminalCertificate,
  type TerminalCertificateRecord,
} from './terminal-certificates.ts';
import { insertTerminalTerms, loadTerminalTerms, type SaidTerms } from './terminal-terms.ts';

/** What a till learns at activation, session and sync; the programme's own part is added outside. */
export interface TillState {
  readonly terminalCertificate: Bytes;
  readonly operators: OperatorAnswer[];
  readonly batchNoMin: number;
  /** Edition of the terms on offline payments that the shop agreed to here. */
  readonly offlineTermsVersion: number | undefined;
}

export interface TillSession {
  readonly token: string;
  readonly state: TillState;
}

interface TerminalRow extends Record<string, SqlStorageValue> {
  terminal_id: string;
  merchant_no: string;
  status: string;
  public_key: ArrayBuffer | null;
  batch_no_min: number;
  shop_name: string;
  merchant_status: string;
}

/** A lost tablet sold without network for at most as long as a claim window lasts, and began a batch each day. */
const UNHEARD_BATCHES = 1 + BOUNDS.claimWindowSecondsMax / (24 * 3600);
/** Six digits. */
const BATCH_NO_MAX = 999_999;

/** What tills ask for themselves. Each call is about the terminal of its session, whatever else it says. */
export class Tills extends RpcTarget {
  readonly #context: RegistryContext;

  constructor(context: RegistryContext) {
    super();
    this.#context = context;
  }

  /**
   * Makes a tablet the terminal that a code stands for; its key was proven before. The tablet in use until now, if any, is out
   * from this moment. The same tablet with the same code gets the same answer again, as the first may have been lost.
   * Refuses `rate_limited`, `activation_code_invalid`, `merchant_closed`, `terminal_closed` (its numbers are used up).
   */
  async activate(call: { codeHash: Bytes; publicKey: Bytes; address: string }): Promise<Result<TillSession>> {
    const { storage, signer } = this.#context;
    const { sql } = storage;
    const { codeHash, publicKey } = call;
    const { generation } = await signer.newestKey();
    return this.#openSession((nowMs): Result<TerminalCertificateRecord> => {
      if (!takeRateLimit(sql, 'activationByAddress', call.address, nowMs)) return refuse('rate_limited');
      const code = findCode(sql, codeHash, 'activation', nowMs);
      const terminal = code && this.#loadTerminal(code.subject as TerminalId);
      if (!code || terminal?.status !== 'open') return refuse('activation_code_invalid');
      if (terminal.merchant_status !== 'open') return refuse('merchant_closed');
      const isSameTablet = terminal.public_key !== null && isEqualBytes(new Uint8Array(terminal.public_key), publicKey);
      if (code.isUsed && !isSameTablet) return refuse('activation_code_invalid');
      const isTaken = code.isUsed || this.#takeOver(terminal, publicKey, isSameTablet, code.operatorNo, nowMs);
      useCode(sql, codeHash, nowMs);
      if (!isTaken) return refuse('terminal_closed');
      return accept(ensureTerminalCertificate(sql, certifiedTerminal(terminal, publicKey), generation, nowMs));
    });
  }

  /**
   * Opens a session for a terminal that proved its key by a fresh hello. Refuses `rate_limited`, `ceremony_expired` (a hello seen
   * before), `terminal_unknown`, `terminal_closed` (closed, or replaced by another tablet).
   */
  async openSession(call: { terminalId: TerminalId; publicKey: Bytes; nonce: Bytes }): Promise<Result<TillSession>> {
    const { storage, signer } = this.#context;
    const { sql } = storage;
    const { terminalId, publicKey, nonce } = call;
    const { generation } = await signer.newestKey();
    return this.#openSession((nowMs): Result<TerminalCertificateRecord> => {
      // By key: the tablet that was replaced shall not use up the tries of the one in its place.
      const tablet = `${terminalId}/${encodeHex(publicKey)}`;
      if (!takeRateLimit(sql, 'helloByTablet', tablet, nowMs)) return refuse('rate_limited');
      if (!this.#noteHello(nonce, nowMs)) return refuse('ceremony_expired');
      const terminal = this.#loadTerminal(terminalId);
      if (!terminal) return refuse('terminal_unknown');
      const isCurrent = terminal.public_key !== null && isEqualBytes(new Uint8Array(terminal.public_key), publicKey);
      if (terminal.status !== 'open' || !isCurrent) return refuse('terminal_closed');
      return accept(ensureTerminalCertificate(sql, certifiedTerminal(terminal, publicKey), generation, nowMs));
    });
  }

  /** Renews what is to be renewed. Refuses `not_signed_in`. */
  async sync(tokenHash: Bytes): Promise<Result<TillState>> {
    const { storage, signer, now } = this.#context;
    const { generation } = await signer.newestKey();
    const decided = storage.transactionSync((): Result<TerminalCertificateRecord> => {
      const nowMs = now();
      const session = findTerminalSession(storage.sql, tokenHash, nowMs);
      const terminal = session && this.#loadTerminal(session.terminalId);
      if (!terminal?.public_key) return refuse('not_signed_in');
      extendTerminalSession(storage.sql, tokenHash, nowMs);
      const certified = certifiedTerminal(terminal, new Uint8Array(terminal.public_key));
      return accept(ensureTerminalCertificate(storage.sql, certified, generation, nowMs));
    });
    return decided.ok ? accept(await this.#state(decided.value)) : decided;
  }

  /** The shop agrees to who bears which loss offline, or takes that back. Refuses `not_signed_in`. */
  async sayTerms(tokenHash: Bytes, said: SaidTerms): Promise<Result<TillState>> {
    const { storage, now } = this.#context;
    const session = storage.transactionSync(() => {
      const nowMs = now();
      const found = findTerminalSession(storage.sql, tokenHash, nowMs);
      if (found) insertTerminalTerms(storage.sql, found.terminalId, said, found.operatorNo, nowMs);
      return found;
    });
    return session ? this.sync(tokenHash) : refuse('not_signed_in');
  }

  /** Who a call comes from. */
  findSession(tokenHash: Bytes): TerminalSession | undefined {
    return findTerminalSession(this.#context.storage.sql, tokenHash, this.#context.now());
  }

  /** Decides on a certificate and opens a session for its terminal, in one transaction; signs after it. */
  async #openSession(decide: (nowMs: number) => Result<TerminalCertificateRecord>): Promise<Result<TillSession>> {
    const { storage, now } = this.#context;
    const token = createToken();
    const tokenHash = await hashSecret(token);
    const decided = storage.transactionSync(() => {
      const nowMs = now();
      const record = decide(nowMs);
      if (record.ok) insertTerminalSession(storage.sql, tokenHash, record.value.terminalId, nowMs);
      return record;
    });
    return decided.ok ? accept({ token, state: await this.#state(decided.value) }) : decided;
  }

  async #state(record: TerminalCertificateRecord): Promise<TillState> {
    const { sql } = this.#context.storage;
    const operators = operatorAnswers(sql, record.merchantNo);
    const batchNoMin = this.#loadTerminal(record.terminalId)!.batch_no_min;
    const offlineTermsVersion = loadTerminalTerms(sql, record.terminalId);
    const terminalCertificate = await signTerminalCertificate(this.#context, record);
    return { terminalCertificate, operators, batchNoMin, offlineTermsVersion };
  }

  /**
   * A new tablet starts a batch that no request was ever made in, heard of or not, so that no trace key is used twice. @returns false
   * where the tablet before left no such batch, by accident or in spite: it is out all the same, and so is the terminal.
   */
  #takeOver(
    terminal: TerminalRow,
    publicKey: Bytes,
    isSameTablet: boolean,
    operatorNo: string | undefined,
    nowMs: number,
  ): boolean {
    const { storage, books } = this.#context;
    const terminalId = terminal.terminal_id as TerminalId;
    const batchNoMin = isSameTablet
      ? terminal.batch_no_min
      : Math.max(terminal.batch_no_min, books.highestBatchNo(terminalId)) + (terminal.public_key ? UNHEARD_BATCHES : 0);
    revokeTerminalCertificates(storage.sql, terminalId, publicKey, nowMs);
    dropTerminalSessions(storage.sql, terminalId);
    this.#context.closeSockets(terminalTag(terminalId));
    if (batchNoMin > BATCH_NO_MAX) {
      storage.sql.exec("UPDATE terminals SET status = 'closed' WHERE terminal_id = ?", terminalId);
      return false;
    }
    storage.sql.exec(
      `UPDATE terminals SET public_key = ?, activated_at_ms = ?, batch_no_min = ?, enrolling_operator_no = ?
       WHERE terminal_id = ?`,
      publicKey,
      nowMs,
      batchNoMin,
      operatorNo ?? null,
      terminalId,
    );
    return true;
  }

  #loadTerminal(terminalId: TerminalId): TerminalRow | undefined {
    return this.#context.storage.sql
      .exec<TerminalRow>(
        `SELECT t.*, m.name AS shop_name, m.status AS merchant_status
         FROM terminals t JOIN merchants m USING (merchant_no) WHERE t.terminal_id = ?`,
        terminalId,
      )
      .toArray()[0];
  }

  /** @returns false when this hello opened a session already */
  #noteHello(nonce: Bytes, nowMs: number): boolean {
    const { sql } = this.#context.storage;
    sql.exec('DELETE FROM terminal_hellos WHERE expires_at_ms <= ?', nowMs);
    const { rowsWritten } = sql.exec(
      'INSERT INTO terminal_hellos (nonce, expires_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
      nonce,
      nowMs + 3 * BOUNDS.clockToleranceSeconds * 1000,
    );
    return rowsWritten > 0;
  }
}

function certifiedTerminal(row: TerminalRow, publicKey: Bytes) {
  return {
    terminalId: row.terminal_id as TerminalId,
    merchantNo: row.merchant_no as MerchantNo,
    publicKey,
    shopName: row.shop_name,
  };
}
