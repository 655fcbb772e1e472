import { Store } from '../../shared/browser/state/store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { Card } from '../cards/card.ts';
import { chooseCard } from '../cards/choose-card.ts';
import { type PrepareParts, prepareConsent } from '../offline/prepare-consent.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import { showableUntilMs } from './consent-showing.ts';
import { decidePay, type PayEvent } from './decide-pay.ts';
import { isWorthASync, type OpeningKnowledge, openOrder, verifyOrder } from './open-order.ts';
import { type PayOrder, type PayState, waitedFor } from './pay-state.ts';
import type { PaymentIntent } from './payment-intent.ts';
import { planResume } from './plan-resume.ts';
import type { SettlerNews } from './settler.ts';

/** What the flow needs of the wallet around it. */
export interface PayFlowParts {
  readonly intents: Pick<IntentStore, 'prepare' | 'apply' | 'load' | 'loadChain' | 'findByRequest' | 'loadByStatus'>;
  /** Undefined without an account. */
  readonly knowledge: () => Promise<OpeningKnowledge | undefined>;
  readonly cards: () => readonly Card[];
  readonly lastCard: () => AccountNumber | undefined;
  readonly rememberCard: (accountNumber: AccountNumber) => void;
  /** Once, when a code may only be unreadable because this phone has not heard from the centre for a while. */
  readonly sync: () => Promise<void>;
  readonly createIntent: PrepareParts['createIntent'];
  readonly freeAllowance: PrepareParts['freeAllowance'];
  readonly askPasskey: (intent: PaymentIntent) => Promise<Result<Bytes>>;
  /** Hands in, now and until there is an answer. */
  readonly handIn: (intent: PaymentIntent) => void;
  /** The till's word on a consent, out of a scanned text. */
  /** When the money of a consent out of an allowance is free again, if nobody hands it in. */
  readonly claimUntilMs: (intent: PaymentIntent) => number;
  readonly readAcceptance: (text: string, intent: PaymentIntent) => Promise<Result<Bytes>>;
  readonly nowMs: () => number;
}

interface CardWish {
  readonly wanted?: AccountNumber | undefined;
  readonly unwanted?: AccountNumber;
}

/** After this long without an answer it is said that it is being checked; before, the button shows that it works. */
const SLOW_AFTER_MS = 1_200;

/** One payment from the code to the outcome. Nothing is shown, asked or sent before it is stored. */
export class PayFlow {
  readonly state = new Store<PayState>({ status: 'none' });
  readonly #parts: PayFlowParts;

  constructor(parts: PayFlowParts) {
    this.#parts = parts;
  }

  /** A code was scanned, pasted or followed. */
  async open(text: string): Promise<void> {
    if (!this.#apply({ kind: 'scan' })) return;
    try {
      const order = await this.#readCode(text);
      if (order.ok) await this.#take(order.value);
      else this.#apply({ kind: 'reject', code: order.code });
    } catch (error) {
      this.#apply({ kind: 'reject', code: 'internal' });
      throw error;
    }
  }

  /**
   * A shop asks for more than the person's code covers: its order on the same sheet, without a scan.
   * @returns false while another payment is open
   */
  openOrder(documents: SignedRequest, accountNumber: AccountNumber): boolean {
    if (!this.#apply({ kind: 'scan' })) return false;
    void this.#openOrder(documents, accountNumber);
    return true;
  }

  chooseCard(accountNumber: AccountNumber): void {
    this.#apply({ kind: 'choose-card', accountNumber });
  }

  /** "Pay": intent on the disk, passkey, signature on the disk, hand-in. In this order. */
  async confirm(): Promise<void> {
    if (!this.#apply({ kind: 'confirm' })) return;
    const state = this.state.value;
    if (state.status !== 'confirming') return;
    try {
      await this.#consent(state.order, state.accountNumber);
    } catch (error) {
      // Whatever went wrong, the person is not left before a sheet that does not answer.
      this.#apply({ kind: 'ask-again', notice: 'internal' });
      throw error;
    }
  }

  /** The request's time is over. A consent already given goes on: the centre decides. */
  expire(): void {
    this.#leaveSheet({ kind: 'expire' });
  }

  /** Back to the wallet. Nobody signed: the intent is dropped. Somebody did: it goes on being handed in. */
  close(): void {
    this.#leaveSheet({ kind: 'close' });
  }

  /** After a refusal that another card may not meet: the same request once more, if there is time. */
  async tryOtherCard(): Promise<void> {
    const state = this.state.value;
    const knowledge = await this.#parts.knowledge();
    if (state.status !== 'not-paid' || !knowledge) return;
    const order = await verifyOrder(state.intent.documents, knowledge);
    this.#apply({ kind: 'scan' });
    if (order.ok) this.#ask(order.value, { unwanted: state.intent.accountNumber });
    else this.#apply({ kind: 'reject', code: order.code });
  }

  /** After a start: what was interrupted is asked again, or let go of. Signed payments are the settler's. */
  async resume(): Promise<void> {
    for (const intent of await this.#parts.intents.loadByStatus('prepared')) {
      const step = planResume(intent, this.#parts.nowMs());
      if (step === 'drop') await this.#drop(intent);
      if (step !== 'ask' || this.state.value.status !== 'none') continue;
      const knowledge = await this.#parts.knowledge();
      const order = knowledge && (await verifyOrder(intent.documents, knowledge));
      if (!order?.ok) continue;
      const prepared = { ...order.value, prepared: intent };
      this.#apply({ kind: 'ask', order: prepared, accountNumber: intent.accountNumber });
    }
  }

  /** A signed payment found at the start, so young that the person is still waiting for it. */
  showChecking(intent: PaymentIntent): void {
    // A code that was followed just now comes first; the older payment goes on behind it.
    if (this.state.value.status !== 'none') return;
    this.#apply({ kind: 'send', intent });
    // The till's answer was scanned before: there is nothing left to show to the shop.
    const isTaken = intent.state.status === 'signed' && intent.state.acceptance !== undefined;
    this.#apply(isTaken ? { kind: 'accept', intent } : { kind: 'wait' });
  }

  /** The time for showing the consent to the till is over. */
  endShowing(): void {
    this.#apply({ kind: 'shown-out' });
  }

  /**
   * The till's answer was scanned off it. Refuses what `readAcceptance` refuses, `storage_failed`; then nothing has changed.
   * @param intent default the one on the screen
   */
  async accept(text: string, intent = waitedFor(this.state.value)): Promise<Result<true>> {
    if (!intent) return refuse('acceptance_mismatch');
    const acceptance = await this.#parts.readAcceptance(text, intent);
    if (!acceptance.ok) return acceptance;
    const event = { kind: 'accept', acceptance: acceptance.value } as const;
    const accepted = await this.#parts.intents.apply(intent.id, event).catch(() => undefined);
    if (!accepted) return refuse('storage_failed');
    // The centre may have answered in the meantime.
    if (accepted.state.status === 'signed') this.#apply({ kind: 'accept', intent: accepted });
    else this.#apply({ kind: 'settle', intent: accepted });
    return accept(true);
  }

  /** The till's answer was scanned on another screen than the payment's, which comes back by it. */
  async acceptFound(text: string, intent: PaymentIntent | undefined): Promise<void> {
    if (!this.#apply({ kind: 'scan' })) return;
    const taken = intent ? await this.accept(text, intent) : refuse('acceptance_mismatch');
    if (!taken.ok) this.#apply({ kind: 'reject', code: taken.code });
  }

  /** The shop did not take it: this phone keeps it to itself from now on. */
  async leave(intent: PaymentIntent): Promise<void> {
    await this.#parts.intents.apply(intent.id, { kind: 'leave', untilMs: this.#parts.claimUntilMs(intent) });
    if (waitedFor(this.state.value)?.id === intent.id) this.#apply({ kind: 'close' });
  }

  /** What the settler found out. */
  hear(news: SettlerNews): void {
    const { intent } = news;
    if (news.kind === 'ended') this.#apply({ kind: 'settle', intent });
    else if (waitedFor(this.state.value)?.id === intent.id) {
      const isShowable = this.#parts.nowMs() < showableUntilMs(intent);
      this.#apply({ kind: 'wait', code: news.code, isShowable });
    }
  }

  async #openOrder(documents: SignedRequest, accountNumber: AccountNumber): Promise<void> {
    try {
      const knowledge = await this.#parts.knowledge();
      const order = knowledge ? await verifyOrder(documents, knowledge) : refuse('not_signed_in');
      if (order.ok) await this.#take({ ...order.value, isBeyondCode: true }, accountNumber);
      else this.#apply({ kind: 'reject', code: order.code });
    } catch (error) {
      this.#apply({ kind: 'reject', code: 'internal' });
      throw error;
    }
  }

  async #readCode(text: string): Promise<Result<PayOrder>> {
    const knowledge = await this.#parts.knowledge();
    if (!knowledge) return refuse('not_signed_in');
    const order = await openOrder(text, knowledge);
    if (order.ok || !isWorthASync(order.code)) return order;
    await this.#parts.sync();
    return openOrder(text, (await this.#parts.knowledge()) ?? knowledge);
  }

  /** What this phone knows of the request already decides: paid, given, interrupted, or new. */
  async #take(order: PayOrder, wanted = this.#parts.lastCard()): Promise<void> {
    const known = await this.#parts.intents.findByRequest(order.request.hash);
    const standing = known.find(({ state }) => state.status === 'paid' || state.status === 'signed');
    if (standing?.state.status === 'paid') this.#apply({ kind: 'settle', intent: standing });
    else if (standing) this.#send(standing);
    else {
      const prepared = known.find((intent) => planResume(intent, this.#parts.nowMs()) === 'ask');
      if (prepared) this.#apply({ kind: 'ask', order: { ...order, prepared }, accountNumber: prepared.accountNumber });
      else this.#ask(order, { wanted });
    }
  }

  async #consent(order: PayOrder, accountNumber: AccountNumber): Promise<void> {
    const card = this.#parts.cards().find((known) => known.accountNumber === accountNumber);
    const prepared = card ? await this.#prepare(order, card) : refuse('account_unknown');
    if (!prepared.ok) {
      this.#apply({ kind: 'ask-again', notice: prepared.code });
      return;
    }
    if (prepared.value.state.status !== 'prepared') {
      this.#show(prepared.value);
      return;
    }
    const signed = await this.#sign(prepared.value);
    if (!signed.ok) {
      this.#apply({ kind: 'ask-again', notice: signed.code, prepared: prepared.value });
      return;
    }
    this.#parts.rememberCard(signed.value.accountNumber);
    this.#send(signed.value);
  }

  #ask(order: PayOrder, { wanted = this.#parts.lastCard(), unwanted }: CardWish): void {
    const { amountMinor } = order.request;
    const others = this.#parts.cards().filter(({ accountNumber }) => accountNumber !== unwanted);
    const accountNumber = chooseCard(others, wanted, amountMinor);
    this.#apply({ kind: 'ask', order, accountNumber: accountNumber ?? unwanted });
  }

  /** The intent of an earlier try with the same card is signed as it is; otherwise a new one takes its place. */
  async #prepare(order: PayOrder, card: Card): Promise<Result<PaymentIntent>> {
    const nowMs = this.#parts.nowMs();
    // As it is on the disk: another window may have taken the place after it, and burnt it.
    const prepared = order.prepared && (await this.#parts.intents.load(order.prepared.id));
    if (prepared?.accountNumber === card.accountNumber && planResume(prepared, nowMs) === 'ask') {
      return accept(prepared);
    }
    return prepareConsent(order, card, this.#parts);
  }

  async #sign(intent: PaymentIntent): Promise<Result<PaymentIntent>> {
    const assertion = await this.#parts.askPasskey(intent);
    if (!assertion.ok) return assertion;
    try {
      const event = { kind: 'sign', assertion: assertion.value, atMs: this.#parts.nowMs() } as const;
      const signed = await this.#parts.intents.apply(intent.id, event);
      // Burnt meanwhile, by another window: the signature is forgotten, and nothing was paid.
      return signed.state.status === 'dropped' ? refuse('passkey_cancelled') : accept(signed);
    } catch {
      // Not stored, so not handed in: the signature is forgotten, and nothing was paid.
      return refuse('storage_failed');
    }
  }

  #leaveSheet(event: PayEvent): void {
    const state = this.state.value;
    if (!this.#apply(event)) return;
    if (state.status === 'asking' && state.order.prepared) void this.#drop(state.order.prepared);
  }

  async #drop(intent: PaymentIntent): Promise<void> {
    await this.#parts.intents.apply(intent.id, { kind: 'drop', atMs: this.#parts.nowMs() });
  }

  /** An older consent to the same request stands in the way of a new one: it is the payment. */
  #show(intent: PaymentIntent): void {
    this.#send(intent);
    if (intent.state.status !== 'signed') this.#apply({ kind: 'settle', intent });
  }

  #send(intent: PaymentIntent): void {
    if (!this.#apply({ kind: 'send', intent })) return;
    if (intent.state.status !== 'signed') return;
    this.#parts.handIn(intent);
    setTimeout(() => {
      const { value } = this.state;
      if (value.status === 'sending' && value.intent.id === intent.id && !value.isSlow) this.#apply({ kind: 'wait' });
    }, SLOW_AFTER_MS);
  }

  /** @returns false when the event does not belong here */
  #apply(event: PayEvent): boolean {
    const before = this.state.value;
    this.state.set(decidePay(before, event));
    return this.state.value !== before;
  }
}
