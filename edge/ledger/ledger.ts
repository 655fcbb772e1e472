import { DurableObject } from 'cloudflare:workers';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber, TerminalId, TraceKey } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { CentreSigner } from '../clearing/centre-signer.ts';
import type { Env } from '../env.ts';
import { Registry } from '../registry/registry.ts';
import { phoneTag } from '../registry/socket-tags.ts';
import { applyMigrations } from '../storage/apply-migrations.ts';
import { type SetAccountStatusCommand, setAccountStatus } from './account-status.ts';
import { type FillCommand, fillBooks } from './bench-fill.ts';
import { Bookkeeper } from './bookkeeper.ts';
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
import { DeviceNews } from './devices/device-news.ts';
import { DeviceSockets } from './devices/device-sockets.ts';
import {
  type BookedTransfer,
  type HoldCommand,
  hold,
  post,
  type TopUpCommand,
  topUp,
  voidHold,
} from './journal/transfers.ts';
import { BOOKS_MIGRATIONS } from './migrations/index.ts';
import { OfflineDesk } from './offline/offline-desk.ts';
import { releaseDueReserves } from './offline/reserve.ts';
import { ReserveAlarm } from './offline/reserve-alarm.ts';
import { settleConsent } from './offline/settle.ts';
import { type SeeFlagCommand, seeAccountFlag } from './pay-codes/account-flags.ts';
import { cancelPayCode } from './pay-codes/cancel-pay-code.ts';
import { chargePayCode, refuseCharge } from './pay-codes/charges.ts';
import { draftPayCode, signPayCode } from './pay-codes/pay-code-answers.ts';
import { type Decided, signDecided } from './payments/answers.ts';
import { cancelRequest } from './payments/cancellations.ts';
import type { PaymentContext } from './payments/payment-steps.ts';
import { authorise, recordRefusedDocument } from './payments/payments.ts';
import { loadRequest } from './payments/requests.ts';
import { submitRequest } from './payments/submissions.ts';
import { tellTill } from './payments/tell-till.ts';
import { recordUnprovenAttempt } from './payments/unproven-attempts.ts';
import { createRegistryBooks } from './registry-books.ts';
import type { AccountFilter } from './views/account-views.ts';
import { LedgerViews } from './views/ledger-views.ts';
import type { MovementFilter } from './views/movements.ts';
import type { PaymentFilter } from './views/search-payments.ts';
import { TAKINGS_MIGRATIONS } from './views/takings.ts';
import { loadTerminalPayments } from './views/terminal-payments.ts';

/**
 * The books of one participant and its registry, in one SQLite database. Named by the participant's code.
 *
 * Nothing that moves money awaits: every operation is one synchronous transaction (see `GroupCommit`), decided by pure code
 * from what storage holds at that moment. Receipts are signed afterwards and leave only when the transaction is durable.
 */
export class Ledger extends DurableObject<Env> {
  readonly #books: Bookkeeper;
  readonly #signer: CentreSigner;
  readonly #sockets: DeviceSockets;
  readonly #news: DeviceNews;
  readonly #registry: Registry;
  readonly #offline: OfflineDesk;
  readonly #alarm: ReserveAlarm;
  readonly #views: LedgerViews;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    applyMigrations(state.storage, 'books', BOOKS_MIGRATIONS);
    applyMigrations(state.storage, 'takings', TAKINGS_MIGRATIONS);
    this.#signer = new CentreSigner(env);
    this.#books = new Bookkeeper({
      storage: state.storage,
      signer: this.#signer,
      isGroupCommitOn: env.GROUP_COMMIT !== '0',
    });
    this.#views = new LedgerViews({ env, storage: state.storage, signer: this.#signer, books: this.#books });
    this.#sockets = new DeviceSockets(state);
    this.#news = new DeviceNews({
      sockets: this.#sockets,
      signer: this.#signer,
      books: this.#books,
      payment: (traceKey) => this.#views.payment(traceKey),
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
    this.#offline = new OfflineDesk({ env, signer: this.#signer, books: this.#books, arm: () => this.#alarm.arm() });
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
    const accounts = this.#registry.wallets.accounts(tokenHash);
    return accounts.ok ? this.#views.payCode(accounts.value, hash) : refuse('not_signed_in');
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
    return this.#views.repeatedAnswer(traceKey, documentHash);
  }

  /** How a payment stands now, for its own till, which knows from then on; undefined where nothing was handed in. */
  async paymentForTill(traceKey: TraceKey): Promise<PaymentAnswer | undefined> {
    await tellTill(this.#books, (sql) => [loadRequest(sql, traceKey)].filter((request) => request !== undefined));
    return this.#views.payment(traceKey);
  }

  /** The same of what a terminal handed in in one batch, or in its newest ones; newest first. */
  async terminalPayments(terminalId: TerminalId, batchNo?: number): Promise<PaymentAnswer[]> {
    await tellTill(this.#books, (sql) => loadTerminalPayments(sql, terminalId, batchNo));
    return this.#views.terminalPayments(terminalId, batchNo);
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

  // What can be read: see `LedgerViews`

  payment(traceKey: TraceKey) {
    return this.#views.payment(traceKey);
  }

  carriedPayments(terminalId: TerminalId) {
    return this.#views.carriedPayments(terminalId);
  }

  evidence(traceKey: TraceKey) {
    return this.#views.evidence(traceKey);
  }

  accountDetails(accountNumber: AccountNumber) {
    return this.#views.accountDetails(accountNumber);
  }

  accountViews(accountNumbers: readonly AccountNumber[]) {
    return this.#views.accountViews(accountNumbers);
  }

  listAccounts(filter: AccountFilter) {
    return this.#views.listAccounts(filter);
  }

  movements(filter: MovementFilter) {
    return this.#views.movements(filter);
  }

  searchPayments(filter: PaymentFilter) {
    return this.#views.searchPayments(filter);
  }

  paymentDetails(traceKey: TraceKey) {
    return this.#views.paymentDetails(traceKey);
  }

  accountFlags() {
    return this.#views.accountFlags();
  }

  takings(boundariesMs: readonly number[]) {
    return this.#views.takings(boundariesMs);
  }

  takingsByMerchant(fromMs: number, toMs: number) {
    return this.#views.takingsByMerchant(fromMs, toMs);
  }

  trialBalance() {
    return this.#views.trialBalance();
  }

  checkBooks() {
    return this.#views.checkBooks();
  }

  storageBytes() {
    return this.#views.storageBytes();
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
}
