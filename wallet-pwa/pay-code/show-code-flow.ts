import { Store } from '../../shared/browser/state/store.ts';
import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, encodeHex } from '../../shared/protocol/bytes.ts';
import type { SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { createPayCode } from '../../shared/protocol/payment/create-pay-code.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';
import type { Card } from '../cards/card.ts';
import { chooseCard } from '../cards/choose-card.ts';
import type { PayState } from '../payment/pay-state.ts';
import type { PayCodeStore } from '../storage/pay-code-store.ts';
import { type CapLimits, chooseCap, stepCap } from './choose-cap.ts';
import { decideShowCode, type ShowCodeEvent } from './decide-show-code.ts';
import { canBeShown, type KeptPayCode } from './kept-pay-code.ts';
import { canMakeShowings } from './make-showing.ts';
import type { CodeChoice, ShowCodeState } from './show-code-state.ts';
import type { ShowingLoop } from './showing-loop.ts';

/** What the flow needs of the wallet around it. */
export interface ShowCodeFlowParts {
  readonly codes: Pick<PayCodeStore, 'prepare' | 'apply' | 'loadByStatus'>;
  readonly cards: () => readonly Card[];
  readonly settings: () => PayCodeSettings & { readonly amountMinorMax: number };
  readonly lastCard: () => AccountNumber | undefined;
  readonly lastCapMinor: () => number | undefined;
  /** After the consent. `capMinor` only when it was chosen by hand. */
  readonly remember: (accountNumber: AccountNumber, capMinor: AmountMinor | undefined) => void;
  /** Once, when the card cannot make codes with what this phone has. */
  readonly sync: () => Promise<void>;
  readonly askPasskey: (code: KeptPayCode) => Promise<Result<Bytes>>;
  readonly loop: Pick<ShowingLoop, 'start' | 'stop'>;
  readonly makeShowing: (code: KeptPayCode, card: Card) => Promise<TwinCode>;
  /** Hears how the code fares while it is on the screen. */
  readonly watch: { start(code: KeptPayCode): void; stop(): void };
  /** Takes on what is not on the screen any more. */
  readonly settle: () => void;
  /** The ordinary sheet for a shop's order. @returns false while another payment is open */
  readonly openOrder: (order: SignedRequest, accountNumber: AccountNumber) => boolean;
  readonly nowMs: () => number;
}

const VALID_MS = BOUNDS.payCodeValidSeconds * 1000;

/** "Show code", from choosing the most it may pay to the outcome. Nothing is asked or drawn before it is stored. */
export class ShowCodeFlow {
  readonly state = new Store<ShowCodeState>({ status: 'none' });
  readonly #parts: ShowCodeFlowParts;
  /** The screen was left while the passkey's dialogue was open. */
  #hasLeft = false;
  /** The person consented to the order on the sheet. */
  #isGiven = false;

  constructor(parts: ShowCodeFlowParts) {
    this.#parts = parts;
  }

  /** The screen was opened. One that is on already stays. */
  open(): void {
    this.#hasLeft = false;
    const accountNumber = chooseCard(this.#parts.cards(), this.#parts.lastCard(), 1);
    this.#apply({ kind: 'open', choice: this.#choose(accountNumber) });
  }

  chooseCard(accountNumber: AccountNumber): void {
    const state = this.state.value;
    if (state.status !== 'choosing') return;
    const { choice } = state;
    const fresh = this.#choose(accountNumber);
    this.#apply({ kind: 'choose', choice: choice.isCapChosen ? { ...choice, accountNumber } : fresh });
  }

  /** The next amount up or down. */
  stepCap(direction: 1 | -1): void {
    const state = this.state.value;
    if (state.status !== 'choosing') return;
    const { choice } = state;
    const capMinor = stepCap(choice.capMinor, direction, this.#limitsOf(choice.accountNumber));
    this.#apply({ kind: 'choose', choice: { ...choice, capMinor, isCapChosen: true } });
  }

  /** "Show code": pay code on the disk, passkey, assertion on the disk, first code drawn. In this order. */
  async confirm(): Promise<void> {
    if (!this.#apply({ kind: 'confirm' })) return;
    const state = this.state.value;
    if (state.status !== 'confirming') return;
    try {
      const code = await this.#consent(state.choice);
      if (!code.ok) this.#apply({ kind: 'choose-again', notice: code.code });
      else if (!this.#show(code.value)) this.#apply({ kind: 'choose-again', notice: 'account_unknown' });
      else if (this.#hasLeft) this.leave();
    } catch (error) {
      // Whatever went wrong, the person is not left before a button that does not answer.
      this.#apply({ kind: 'choose-again', notice: 'internal' });
      throw error;
    }
  }

  /** "Show a new code": the same card and cap, a new consent. */
  async again(): Promise<void> {
    const state = this.state.value;
    if (state.status !== 'over') return;
    const { accountNumber, capMinor } = state.code;
    this.#stopShowing();
    this.#parts.settle();
    this.#apply({ kind: 'open', choice: { accountNumber, capMinor, isCapChosen: false } });
    await this.confirm();
  }

  /** Its minute is over. What was scanned in the last seconds is still listened for. */
  expire(): void {
    if (!this.#apply({ kind: 'expire' })) return;
    this.#parts.loop.stop();
  }

  /** Cancelled, or the screen was left: the code is taken back. A shop that was quicker is found out by the settler. */
  leave(): void {
    this.#hasLeft = true;
    const state = this.state.value;
    if (!this.#apply({ kind: 'close' })) return;
    this.#stopShowing();
    const isDeclined = state.status === 'asked' && !this.#isGiven;
    if (state.status === 'showing' || isDeclined) void this.#withdraw(state.code);
    else if (state.status === 'over') this.#parts.settle();
  }

  /** After a start: a code whose time is not over goes on, without another passkey. */
  async resume(): Promise<void> {
    const nowMs = this.#parts.nowMs();
    for (const code of await this.#parts.codes.loadByStatus('prepared')) {
      // Younger ones may be before the passkey in another window.
      if (code.expiresAtMs < nowMs) await this.#parts.codes.apply(code.id, { kind: 'drop', atMs: nowMs });
    }
    const confirmed = await this.#parts.codes.loadByStatus('confirmed');
    const newest = confirmed.toSorted((left, right) => right.createdAtMs - left.createdAtMs)[0];
    if (newest && canBeShown(newest, nowMs) && this.state.value.status === 'none') this.#show(newest);
  }

  /** What the centre said, stored already. */
  hear(code: KeptPayCode, order?: SignedRequest): void {
    const { value } = this.state;
    const isShown = (value.status === 'showing' || value.status === 'over') && value.code.id === code.id;
    this.#apply({ kind: 'hear', code });
    if (code.state.status === 'paid' || code.state.status === 'ended') {
      if (isShown) this.#stopShowing();
    } else if (isShown && order && this.#parts.openOrder(order, code.accountNumber)) {
      this.#stopShowing();
      this.#isGiven = false;
      this.#apply({ kind: 'ask', id: code.id });
    }
  }

  /**
   * How the sheet with the shop's order fares. Asking was the code's one use: once the person consented, the order is paid in its own
   * right, and the code is over. Closed without a consent it is declined, and the shop hears of that.
   */
  hearPayment({ status }: PayState): void {
    const state = this.state.value;
    if (state.status !== 'asked') return;
    if (status === 'none') this.leave();
    if (status !== 'sending' || this.#isGiven) return;
    this.#isGiven = true;
    void this.#parts.codes.apply(state.code.id, { kind: 'hand-over', atMs: this.#parts.nowMs() });
  }

  /** True while this very code is being listened for. */
  isWatching(id: string): boolean {
    const state = this.state.value;
    return (state.status === 'showing' || state.status === 'over') && state.code.id === id;
  }

  async #consent({ accountNumber, capMinor, isCapChosen }: CodeChoice): Promise<Result<KeptPayCode>> {
    const card = await this.#findAbleCard(accountNumber);
    if (!card.ok) return card;
    const nowMs = this.#parts.nowMs();
    const { content, hash, expiresAtMs } = await createPayCode(card.value.accountToken, capMinor, nowMs);
    const code: KeptPayCode = {
      id: encodeHex(hash),
      hash,
      content,
      capMinor,
      currency: card.value.currency,
      accountNumber: card.value.accountNumber,
      createdAtMs: nowMs,
      expiresAtMs,
      state: { status: 'prepared' },
    };
    try {
      await this.#parts.codes.prepare(code);
    } catch {
      return refuse('storage_failed');
    }
    const assertion = await this.#parts.askPasskey(code);
    try {
      const atMs = this.#parts.nowMs();
      if (!assertion.ok) {
        await this.#parts.codes.apply(code.id, { kind: 'drop', atMs });
        return assertion;
      }
      const confirmed = await this.#parts.codes.apply(code.id, { kind: 'confirm', assertion: assertion.value, atMs });
      this.#parts.remember(card.value.accountNumber, isCapChosen ? capMinor : undefined);
      return accept(confirmed);
    } catch {
      // Not stored, so not drawn: the signature is forgotten, and nothing can be paid by it.
      return assertion.ok ? refuse('storage_failed') : assertion;
    }
  }

  /** A card that can make codes for the next minute; the centre is asked once for what is missing. */
  async #findAbleCard(accountNumber: AccountNumber | undefined): Promise<Result<Card>> {
    const find = () => this.#parts.cards().find((card) => card.accountNumber === accountNumber);
    const isAble = (card: Card) => canMakeShowings(card, this.#parts.settings(), this.#parts.nowMs() + VALID_MS);
    let card = find();
    if (card && !isAble(card)) {
      await this.#parts.sync();
      card = find();
    }
    if (!card) return refuse('account_unknown');
    if (card.status !== 'open') return refuse('account_frozen');
    return isAble(card) ? accept(card) : refuse('certificate_expired');
  }

  #show(code: KeptPayCode): boolean {
    const card = this.#parts.cards().find(({ accountNumber }) => accountNumber === code.accountNumber);
    if (!card || !this.#apply({ kind: 'show', code })) return false;
    if (canBeShown(code, this.#parts.nowMs())) {
      this.#parts.loop.start(() => this.#parts.makeShowing(code, card), this.#parts.settings().regenerateMs);
    } else this.#apply({ kind: 'expire' });
    this.#parts.watch.start(code);
    return true;
  }

  #stopShowing(): void {
    this.#parts.loop.stop();
    this.#parts.watch.stop();
  }

  async #withdraw({ id }: KeptPayCode): Promise<void> {
    try {
      await this.#parts.codes.apply(id, { kind: 'withdraw', atMs: this.#parts.nowMs() });
    } finally {
      this.#parts.settle();
    }
  }

  #choose(accountNumber: AccountNumber | undefined): CodeChoice {
    const capMinor = chooseCap(this.#limitsOf(accountNumber), this.#parts.lastCapMinor());
    return { accountNumber, capMinor, isCapChosen: false };
  }

  #limitsOf(accountNumber: AccountNumber | undefined): CapLimits {
    const card = this.#parts.cards().find((known) => known.accountNumber === accountNumber);
    const { stepUpMinor, amountMinorMax } = this.#parts.settings();
    const exponent = card?.currency.exponent ?? 2;
    return { exponent, availableMinor: card?.availableMinor ?? 0, stepUpMinor, amountMinorMax };
  }

  /** @returns false when the event does not belong here */
  #apply(event: ShowCodeEvent): boolean {
    const before = this.state.value;
    this.state.set(decideShowCode(before, event));
    return this.state.value !== before;
  }
}
