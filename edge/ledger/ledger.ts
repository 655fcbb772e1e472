import { DurableObject } from 'cloudflare:workers';
import { type Bytes, encodeUtf8 } from '../../shared/protocol/bytes.ts';
import type { AccountNumber, TerminalId, TraceKey } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { CentreSigner } from '../clearing/centre-signer.ts';
import type { Env } from '../env.ts';
import { Registry } from '../registry/registry.ts';
import { phoneTag } from '../registry/socket-tags.ts';
import { originsOf } from '../security/origins.ts';
import { applyMigrations } from '../storage/apply-migrations.ts';
import { type SetAccountStatusCommand, setAccountStatus } from './account-status.ts';
import {
  type AccountDetails,
  type AccountFilter,
  type AccountView,
  listAccounts,
  loadAccountDetails,
  loadAccountViews,
} from './account-views.ts';
import { serialOf } from './accounts.ts';
import { type Decided, draftStanding, signAnswer, signDecided } from './answers.ts';
import { type BooksCheck, checkBooks } from './audit/check-books.ts';
import { readTrialBalance, type TrialBalance } from './audit/trial-balance.ts';
import { type FillCommand, fillBooks } from './bench-fill.ts';
import { Bookkeeper } from './bookkeeper.ts';
import { cancelRequest } from './cancellations.ts';
import type {
  AuthoriseCommand,
  CancelCommand,
  CancelPayCodeCommand,
  ChargeCommand,
  OpenCommand,
  PaymentResult,
  RecordAttemptCommand,
  RecordUnprovenCommand,
  RefuseChargeCommand,
  SettleCommand,
  SubmitCommand,
} from './commands.ts';
import { DeviceNews } from './device-news.ts';
import { DeviceSockets } from './device-sockets.ts';
import { type PaymentEvidence, rebuildEvidence } from './evidence.ts';
import { BOOKS_MIGRATIONS } from './migrations/index.ts';
import { loadMovements, type MovementFilter, type MovementView, signMovement } from './movements.ts';
import { OfflineDesk } from './offline/offline-desk.ts';
import { releaseDueReserves } from './offline/reserve.ts';
import { ReserveAlarm } from './offline/reserve-alarm.ts';
import { settleConsent } from './offline/settle.ts';
import { type AccountFlag, listAccountFlags, type SeeFlagCommand, seeAccountFlag } from './pay-codes/account-flags.ts';
import { cancelPayCode } from './pay-codes/cancel-pay-code.ts';
import { chargePayCode, refuseCharge } from './pay-codes/charges.ts';
import { draftPayCode, signPayCode } from './pay-codes/pay-code-answers.ts';
import { loadPaymentDetails, type PaymentDetails } from './payment-details.ts';
import type { PaymentContext } from './payment-steps.ts';
import { answerRepeated, authorise, recordRefusedDocument } from './payments.ts';
import { createRegistryBooks } from './registry-books.ts';
import { loadRequest, type RequestRecord } from './requests.ts';
import { type PaymentFilter, type PaymentPage, searchPayments } from './search-payments.ts';
import { sha256Now } from './sha256.ts';
import { submitRequest } from './submissions.ts';
import {
  loadTakings,
  loadTakingsByMerchant,
  type MerchantTakings,
  type PeriodTakings,
  TAKINGS_MIGRATIONS,
} from './takings.ts';
import { loadCarriedPayments, loadTerminalPayments } from './terminal-payments.ts';
import { type BookedTransfer, type HoldCommand, hold, post, type TopUpCommand, topUp, voidHold } from './transfers.ts';
import { recordUnprovenAttempt } from './unproven-attempts.ts';

/**
 * The books of one participant and its registry, in one SQLite database. Named by the participant's code.
 *
 * Nothing that moves money awaits: every operation is one synchronous transaction (see `GroupCommit`), decided by pure code
 * from what storage holds at that moment. Receipts are signed afterwards and leave only when the transaction is durable.
 */
export class Ledger extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #books: Bookkeeper;
  readonly #signer: CentreSigner;
  readonly #sockets: DeviceSockets;
  readonly #news: DeviceNews;
  readonly #registry: Registry;
  readonly #offline: OfflineDesk;
  readonly #alarm: ReserveAlarm;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#storage = state.storage;
    this.#sql = state.storage.sql;
    applyMigrations(state.storage, 'books', BOOKS_MIGRATIONS);
    applyMigrations(state.storage, 'takings', TAKINGS_MIGRATIONS);
    this.#signer = new CentreSigner(env);
    this.#books = new Bookkeeper({
      storage: state.storage,
      signer: this.#signer,
      isGroupCommitOn: env.GROUP_COMMIT !== '0',
    });
    this.#sockets = new DeviceSockets(state);
    this.#news = new DeviceNews({
      sockets: this.#sockets,
      signer: this.#signer,
      books: this.#books,
      payment: (traceKey) => this.payment(traceKey),
    });
    this.#registry = new Registry({
      storage: state.storage,
      books: createRegistryBooks(this.#books),
      signer: this.#signer,
      env,
      now: () => Date.now(),
      closeSockets: (tag) => this.#sockets.closeAll(tag),
    });
    const now = () => Date.now();
    const release = () => this.#books.book((context) => accept(releaseDueReserves(context)));
    this.#alarm = new ReserveAlarm({ storage: state.storage, now, release });
    this.#offline = new OfflineDesk({
      env,
      signer: this.#signer,
      books: this.#books,
      arm: () => this.#alarm.arm(),
    });
    void this.#alarm.arm();
  }

  /** The people and things of this participant. */
  registry(): Registry {
    return this.#registry;
  }

  /** Paying without network: allowances, and what the console is to see of them. */
  offline(): OfflineDesk {
    return this.#offline;
  }

  /** Called by the Clearing object when it makes the participant; repeatable. Refuses `already_exists`. */
  open(command: OpenCommand): Promise<Result<true>> {
    return this.#books.open(command);
  }

  // Payments

  /** R1.2, R1.3. Refuses what `decidePayment` refuses of a submission. */
  submitRequest(command: SubmitCommand): Promise<PaymentResult> {
    return this.#decide(command.request.traceKey, (context) => submitRequest(context, command));
  }

  /** R1.6, R1.7. Refuses what `decidePayment` refuses of an authorisation, and `certificate_revoked`. */
  authorise(command: AuthoriseCommand): Promise<PaymentResult> {
    return this.#decide(command.request.traceKey, (context) => authorise(context, command));
  }

  /** A consent out of an allowance, in time or late, by whoever hands it in. Refuses what `decideSettlement` refuses. */
  settle(command: SettleCommand): Promise<PaymentResult> {
    return this.#decide(command.request.traceKey, (context) => settleConsent(context, command));
  }

  cancelRequest(command: CancelCommand): Promise<PaymentResult> {
    return this.#decide(command.traceKey, (context) => cancelRequest(context, command));
  }

  /** The terminal scanned the customer. Refuses what `decideCharge` refuses, what a submission is refused, and `certificate_revoked`. */
  chargePayCode(command: ChargeCommand): Promise<PaymentResult> {
    return this.#decide(command.request.traceKey, (context) =>
      chargePayCode(context, command, this.#sockets.isListening(phoneTag(command.devicePublicKey), context.nowMs)),
    );
  }

  /** For charges that are refused before the ledger is asked, of requests that are in order. */
  refuseCharge(command: RefuseChargeCommand): Promise<PaymentResult> {
    return this.#decide(command.request.traceKey, (context) => refuseCharge(context, command));
  }

  /** Refuses `not_signed_in`, `not_found` (another customer's), `rate_limited`. */
  async cancelPayCode(command: CancelPayCodeCommand): Promise<Result<PayCodeAnswer>> {
    const declined = await this.#books.book((context) => cancelPayCode(context, command));
    if (!declined.ok) return declined;
    if (declined.value.traceKey) await this.#news.tellOfPayment(declined.value.traceKey);
    const sources = this.#books.sources!;
    const draft = draftPayCode(sources, command.hash, Date.now());
    // One that was too old to be remembered is over just the same.
    const status = draft.status === 'open' ? 'cancelled' : draft.status;
    return accept(await signPayCode({ ...draft, status }, this.#signer));
  }

  /** How a pay code stands, for the customer of a session. Refuses `not_signed_in`, `not_found` (another customer's). */
  async payCode(tokenHash: Bytes, hash: Bytes): Promise<Result<PayCodeAnswer>> {
    const sources = this.#books.sources;
    const accounts = this.#registry.wallets.accounts(tokenHash);
    if (!sources || !accounts.ok) return refuse('not_signed_in');
    const draft = draftPayCode(sources, hash, Date.now());
    const isTheirs = draft.account === undefined || accounts.value.some((number) => serialOf(number) === draft.account);
    return isTheirs ? accept(await signPayCode(draft, this.#signer)) : refuse('not_found');
  }

  /** For refusals found before the ledger is asked. @returns the signed receipt, where the attempt was written down */
  async recordAttempt(command: RecordAttemptCommand): Promise<string | undefined> {
    const refused = await this.#decide(command.request.traceKey, (context) => recordRefusedDocument(context, command));
    return refused.ok ? undefined : refused.receipt;
  }

  /** The same for what proves no request: of that there is no receipt. */
  async recordUnprovenAttempt(command: RecordUnprovenCommand): Promise<void> {
    const { shelf } = this.#books;
    await this.#books.book((context) => {
      recordUnprovenAttempt({ ...context, shelf }, command);
      return accept(undefined);
    });
  }

  /** The first answer to a document that was decided on before, by its content hash; undefined for a new one. */
  async repeatedAnswer(traceKey: TraceKey, documentHash: Bytes): Promise<PaymentResult | undefined> {
    const context = await this.#books.context();
    const decided = context && answerRepeated(context, traceKey, documentHash);
    return decided && signDecided(decided, this.#signer);
  }

  /** How a payment stands now; undefined for a trace key under which nothing was handed in. */
  async payment(traceKey: TraceKey): Promise<PaymentAnswer | undefined> {
    const sources = this.#books.sources;
    const record = sources && loadRequest(this.#sql, traceKey);
    return record && signAnswer(draftStanding(sources, record, Date.now()), this.#signer);
  }

  /** What a terminal handed in in one batch, or in its newest ones; newest first. */
  async terminalPayments(terminalId: TerminalId, batchNo?: number): Promise<PaymentAnswer[]> {
    return this.#signAll(loadTerminalPayments(this.#sql, terminalId, batchNo));
  }

  /** What only customers' phones handed in for a terminal; newest first. */
  async carriedPayments(terminalId: TerminalId): Promise<PaymentAnswer[]> {
    return this.#signAll(loadCarriedPayments(this.#sql, terminalId));
  }

  /** All that proves a payment. */
  evidence(traceKey: TraceKey): PaymentEvidence | undefined {
    const record = loadRequest(this.#sql, traceKey);
    return record && rebuildEvidence(this.#books.shelf, record);
  }

  // Money without a payment

  /** Refuses `account_unknown`, `account_frozen` (closed), `amount_out_of_bounds`, `already_exists` (the reference), `ledger_halted`. */
  topUp(command: TopUpCommand): Promise<Result<BookedTransfer>> {
    return this.#books.book((context) => topUp(context, command));
  }

  hold(command: HoldCommand): Promise<Result<BookedTransfer>> {
    return this.#books.book((context) => hold(context, command));
  }

  /** Makes a hold final, by its sequence: all of it, or less and the rest is given back. */
  post(holdSequence: number, amountMinor?: number): Promise<Result<BookedTransfer>> {
    return this.#books.book((context) => post(context, holdSequence, amountMinor));
  }

  /** Undoes a hold. */
  void(holdSequence: number): Promise<Result<BookedTransfer>> {
    return this.#books.book((context) => voidHold(context, holdSequence));
  }

  /** Refuses `account_unknown`, `account_frozen` (closed for good), `ledger_halted`. */
  setAccountStatus(command: SetAccountStatusCommand): Promise<Result<true>> {
    return this.#books.book((context) => setAccountStatus(context, command));
  }

  /** Takes a card off the list of those with many refused tries. Refuses `account_unknown`, `not_found`. */
  seeAccountFlag(command: SeeFlagCommand): Promise<Result<true>> {
    return this.#books.book((context) => seeAccountFlag(context, command));
  }

  // What can be read; a halted ledger still answers all of it

  accountDetails(accountNumber: AccountNumber): AccountDetails | undefined {
    return this.#books.rules && loadAccountDetails(this.#sql, this.#books.rules, accountNumber);
  }

  /** Those of the list that are in these books. */
  accountViews(accountNumbers: readonly AccountNumber[]): AccountView[] {
    return this.#books.rules ? loadAccountViews(this.#sql, this.#books.rules, accountNumbers) : [];
  }

  listAccounts(filter: AccountFilter): AccountView[] {
    return this.#books.rules ? listAccounts(this.#sql, this.#books.rules, filter) : [];
  }

  /** Newest first. */
  async movements(filter: MovementFilter): Promise<MovementView[]> {
    const sources = this.#books.sources;
    const drafts = sources ? loadMovements(sources, filter) : [];
    return Promise.all(drafts.map((draft) => signMovement(draft, this.#signer)));
  }

  /** Refuses `malformed` for a search text that can be nothing. */
  searchPayments(filter: PaymentFilter): Result<PaymentPage> {
    const sources = this.#books.sources;
    return sources ? searchPayments(sources, filter, Date.now()) : { ok: true, value: { rows: [] } };
  }

  async paymentDetails(traceKey: TraceKey): Promise<PaymentDetails | undefined> {
    const sources = this.#books.sources;
    return sources && loadPaymentDetails(sources, this.#signer, traceKey, Date.now());
  }

  /** Cards with many refused tries that nobody has looked at yet, newest first. */
  accountFlags(): AccountFlag[] {
    return this.#books.rules ? listAccountFlags(this.#sql, this.#books.rules) : [];
  }

  /** Of each period between two moments that follow one another, each on a quarter of an hour. */
  takings(boundariesMs: readonly number[]): PeriodTakings[] {
    return loadTakings(this.#storage, boundariesMs);
  }

  takingsByMerchant(fromMs: number, toMs: number): MerchantTakings[] {
    return this.#books.rules ? loadTakingsByMerchant(this.#storage, this.#books.rules, fromMs, toMs) : [];
  }

  /** Whether the books balance. @returns undefined before they were opened */
  trialBalance(): TrialBalance | undefined {
    const sources = this.#books.sources;
    return sources && readTrialBalance(sources, Date.now());
  }

  /** Everything that must always be true, from the first entry on. Takes time with the size of the books. */
  async checkBooks(): Promise<BooksCheck | undefined> {
    const sources = this.#books.sources;
    if (!sources) return undefined;
    const { rpId, walletOrigin } = originsOf(this.env);
    const relyingParty = { rpIdHash: sha256Now(encodeUtf8(rpId)), origins: [walletOrigin] };
    return checkBooks(sources, relyingParty, Date.now());
  }

  /** Of the database on the disk. */
  storageBytes(): number {
    return this.#sql.databaseSize;
  }

  /** For the bench alone (BENCH=1). */
  async fillForBench(command: FillCommand): Promise<void> {
    if (this.env.BENCH !== '1') throw new Error('Books are filled with made-up payments for the bench alone.');
    await this.#books.decide((context) => fillBooks(context, command));
  }

  /** Claim windows end: what nobody claimed is given back. */
  override alarm(): Promise<void> {
    return this.#alarm.ring();
  }

  // Sockets of tills and wallets

  override fetch(request: Request): Response {
    return this.#sockets.accept(request);
  }

  /** Sockets carry news to the device; what a device has to say, it hands in. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1003, 'nothing is taken here');
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 are what the runtime reports where no code was sent; they may not be sent back.
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** One decision about a payment: in a transaction, then signed, then told to the till. */
  async #decide(traceKey: TraceKey, decide: (context: PaymentContext) => Decided): Promise<PaymentResult> {
    const decided = await this.#books.decide(decide);
    if ('ok' in decided) return decided;
    const result = await signDecided(decided, this.#signer);
    if (decided.isNews) await this.#news.tellOfPayment(traceKey);
    if (decided.payCode) await this.#news.tellOfPayCode(decided.payCode);
    return result;
  }

  #signAll(records: readonly RequestRecord[]): Promise<PaymentAnswer[]> {
    const sources = this.#books.sources;
    const nowMs = Date.now();
    const drafts = sources ? records.map((record) => draftStanding(sources, record, nowMs)) : [];
    return Promise.all(drafts.map((draft) => signAnswer(draft, this.#signer)));
  }
}
