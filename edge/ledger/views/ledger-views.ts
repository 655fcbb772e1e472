import { type Bytes, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber, TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { PayCodeAnswer } from '../../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import type { Env } from '../../env.ts';
import { originsOf } from '../../security/origins.ts';
import { serialOf } from '../accounts.ts';
import { type BooksCheck, checkBooks } from '../audit/check-books.ts';
import { readTrialBalance, type TrialBalance } from '../audit/trial-balance.ts';
import type { Bookkeeper } from '../bookkeeper.ts';
import type { PaymentResult } from '../commands.ts';
import { type AccountFlag, listAccountFlags } from '../pay-codes/account-flags.ts';
import { draftPayCode, signPayCode } from '../pay-codes/pay-code-answers.ts';
import { draftStanding, signAnswer, signDecided } from '../payments/answers.ts';
import { type PaymentEvidence, rebuildEvidence } from '../payments/evidence.ts';
import { answerRepeated } from '../payments/payments.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { loadRequest, type RequestRecord } from '../payments/requests.ts';
import { sha256Now } from '../sha256.ts';
import {
  type AccountDetails,
  type AccountFilter,
  type AccountView,
  listAccounts,
  loadAccountDetails,
  loadAccountViews,
} from './account-views.ts';
import { loadMovements, type MovementFilter, type MovementView, signMovement } from './movements.ts';
import { loadPaymentDetails, type PaymentDetails } from './payment-details.ts';
import { type PaymentFilter, type PaymentPage, searchPayments } from './search-payments.ts';
import { loadTakings, loadTakingsByMerchant, type MerchantTakings, type PeriodTakings } from './takings.ts';
import { loadCarriedPayments, loadTerminalPayments } from './terminal-payments.ts';

export interface LedgerViewsParts {
  readonly env: Env;
  readonly storage: DurableObjectStorage;
  readonly signer: CentreSigner;
  readonly books: Bookkeeper;
}

/** What can be read of the books. Nothing is posted by it, and books that are halted still answer all of it. */
export class LedgerViews {
  readonly #parts: LedgerViewsParts;

  constructor(parts: LedgerViewsParts) {
    this.#parts = parts;
  }

  /** Undefined before the books were opened: then there is nothing in them. */
  get #sources(): ReceiptSources | undefined {
    return this.#parts.books.sources;
  }

  /** How a payment stands now; undefined for a trace key under which nothing was handed in. */
  async payment(traceKey: TraceKey): Promise<PaymentAnswer | undefined> {
    const sources = this.#sources;
    const record = sources && loadRequest(sources.sql, traceKey);
    return record && signAnswer(draftStanding(sources, record, Date.now()), this.#parts.signer);
  }

  /** The first answer to a document that was decided on before, by its content hash; undefined for a new one. */
  async repeatedAnswer(traceKey: TraceKey, documentHash: Bytes): Promise<PaymentResult | undefined> {
    const context = await this.#parts.books.context();
    const decided = context && answerRepeated(context, traceKey, documentHash);
    return decided && signDecided(decided, this.#parts.signer);
  }

  /** How a pay code stands, for the customer of some accounts. Refuses `not_found` (another customer's). */
  async payCode(accounts: readonly AccountNumber[], hash: Bytes): Promise<Result<PayCodeAnswer>> {
    const sources = this.#sources;
    if (!sources) return refuse('not_found');
    const draft = draftPayCode(sources, hash, Date.now());
    const isTheirs = draft.account === undefined || accounts.some((number) => serialOf(number) === draft.account);
    return isTheirs ? accept(await signPayCode(draft, this.#parts.signer)) : refuse('not_found');
  }

  /** What a terminal handed in in one batch, or in its newest ones; newest first. */
  async terminalPayments(terminalId: TerminalId, batchNo?: number): Promise<PaymentAnswer[]> {
    return this.#signAll(({ sql }) => loadTerminalPayments(sql, terminalId, batchNo));
  }

  /** What only customers' phones handed in for a terminal; newest first. */
  async carriedPayments(terminalId: TerminalId): Promise<PaymentAnswer[]> {
    return this.#signAll(({ sql }) => loadCarriedPayments(sql, terminalId));
  }

  /** All that proves a payment. */
  evidence(traceKey: TraceKey): PaymentEvidence | undefined {
    const sources = this.#sources;
    const record = sources && loadRequest(sources.sql, traceKey);
    return record && rebuildEvidence(sources.shelf, record);
  }

  accountDetails(accountNumber: AccountNumber): AccountDetails | undefined {
    const sources = this.#sources;
    return sources && loadAccountDetails(sources.sql, sources.rules, accountNumber);
  }

  /** Those of the list that are in these books. */
  accountViews(accountNumbers: readonly AccountNumber[]): AccountView[] {
    const sources = this.#sources;
    return sources ? loadAccountViews(sources.sql, sources.rules, accountNumbers) : [];
  }

  listAccounts(filter: AccountFilter): AccountView[] {
    const sources = this.#sources;
    return sources ? listAccounts(sources.sql, sources.rules, filter) : [];
  }

  /** Newest first. */
  async movements(filter: MovementFilter): Promise<MovementView[]> {
    const sources = this.#sources;
    const drafts = sources ? loadMovements(sources, filter) : [];
    return Promise.all(drafts.map((draft) => signMovement(draft, this.#parts.signer)));
  }

  /** Refuses `malformed` for a search text that can be nothing. */
  searchPayments(filter: PaymentFilter): Result<PaymentPage> {
    const sources = this.#sources;
    return sources ? searchPayments(sources, filter, Date.now()) : accept({ rows: [] });
  }

  async paymentDetails(traceKey: TraceKey): Promise<PaymentDetails | undefined> {
    const sources = this.#sources;
    return sources && loadPaymentDetails(sources, this.#parts.signer, traceKey, Date.now());
  }

  /** Cards with many refused tries that nobody has looked at yet, newest first. */
  accountFlags(): AccountFlag[] {
    const sources = this.#sources;
    return sources ? listAccountFlags(sources.sql, sources.rules) : [];
  }

  /** Of each period between two moments that follow one another, each on a quarter of an hour. */
  takings(boundariesMs: readonly number[]): PeriodTakings[] {
    return loadTakings(this.#parts.storage, boundariesMs);
  }

  takingsByMerchant(fromMs: number, toMs: number): MerchantTakings[] {
    const sources = this.#sources;
    return sources ? loadTakingsByMerchant(this.#parts.storage, sources.rules, fromMs, toMs) : [];
  }

  /** Whether the books balance. @returns undefined before they were opened */
  trialBalance(): TrialBalance | undefined {
    const sources = this.#sources;
    return sources && readTrialBalance(sources, Date.now());
  }

  /** Everything that must always be true, from the first entry on. Takes time with the size of the books. */
  async checkBooks(): Promise<BooksCheck | undefined> {
    const sources = this.#sources;
    if (!sources) return undefined;
    const { rpId, walletOrigin } = originsOf(this.#parts.env);
    const relyingParty = { rpIdHash: sha256Now(encodeUtf8(rpId)), origins: [walletOrigin] };
    return checkBooks(sources, relyingParty, Date.now());
  }

  /** Of the database on the disk. */
  storageBytes(): number {
    return this.#parts.storage.sql.databaseSize;
  }

  #signAll(load: (sources: ReceiptSources) => RequestRecord[]): Promise<PaymentAnswer[]> {
    const sources = this.#sources;
    const nowMs = Date.now();
    const drafts = sources ? load(sources).map((record) => draftStanding(sources, record, nowMs)) : [];
    return Promise.all(drafts.map((draft) => signAnswer(draft, this.#parts.signer)));
  }
}
