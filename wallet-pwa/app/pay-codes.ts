import { setTimer } from '../../shared/browser/clock/set-timer.ts';
import type { ApiClient, ApiResult } from '../../shared/browser/network/api-client.ts';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import { DEFAULT_PAY_CODE_SETTINGS, type PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { ReadySession } from '../account/account.ts';
import type { Card } from '../cards/card.ts';
import { cancelPayCode, fetchPayCode } from '../pay-code/ask-pay-code.ts';
import { isOutstanding, type KeptPayCode } from '../pay-code/kept-pay-code.ts';
import { makeShowing } from '../pay-code/make-showing.ts';
import { PayCodeSettler } from '../pay-code/pay-code-settler.ts';
import { PayCodeWatch } from '../pay-code/pay-code-watch.ts';
import { readPayCodeAnswer } from '../pay-code/read-pay-code-answer.ts';
import { ShowCodeFlow } from '../pay-code/show-code-flow.ts';
import { ShowingLoop } from '../pay-code/showing-loop.ts';
import { WalletSocket } from '../pay-code/wallet-socket.ts';
import { confirmWithPasskey } from '../payment/confirm-with-passkey.ts';
import type { PayFlow } from '../payment/pay-flow.ts';
import type { PayCodeStore } from '../storage/pay-code-store.ts';
import type { Preferences } from '../storage/preference-store.ts';

/** A dialogue left open longer leaves too little of the minute to walk up and be scanned. */
const PASSKEY_TIMEOUT_MS = 45_000;

export interface PayCodesParts {
  readonly codes: PayCodeStore;
  readonly api: ApiClient;
  readonly payment: PayFlow;
  readonly ready: () => ReadySession | undefined;
  readonly cards: () => readonly Card[];
  readonly preferences: () => Preferences;
  readonly remember: (change: Preferences) => void;
  readonly sync: () => Promise<void>;
  /** Another code is waited for, or one less. */
  readonly onOutstanding: () => void;
  /** A code came out as paid; `isShown`: on the screen. */
  readonly onPaid: (code: KeptPayCode, isShown: boolean) => void;
  readonly isOnline: () => boolean;
  readonly createSocket: (url: string) => WebSocket;
  readonly nowMs: () => number;
}

/** "Show code" with everything it needs of the wallet: storage, passkey, centre, and the ordinary sheet for larger amounts. */
export class PayCodes {
  readonly flow: ShowCodeFlow;
  readonly #loop = new ShowingLoop();
  readonly #parts: PayCodesParts;
  readonly #settler: PayCodeSettler;
  readonly #told = new Set<string>();

  constructor(parts: PayCodesParts) {
    this.#parts = parts;
    this.flow = this.#createFlow();
    this.#settler = new PayCodeSettler({
      loadOutstanding: () => this.loadOutstanding(),
      isWatched: (id) => this.flow.isWatching(id),
      ask: async (code) => this.#learn(code, readOrOpen(code, await fetchPayCode(code, parts.api))),
      cancel: async (code) => this.#learn(code, readOrOpen(code, await cancelPayCode(code, parts.api))),
      nowMs: parts.nowMs,
      setTimer,
    });
    parts.payment.state.subscribe((state) => this.flow.hearPayment(state));
  }

  /** The pair of codes to be drawn now. */
  get pair(): ShowingLoop['pair'] {
    return this.#loop.pair;
  }

  get settings() {
    const programme = this.#parts.ready()?.account.programme;
    // What was stored before there were pay codes has none.
    const payCode = programme?.payCode ?? DEFAULT_PAY_CODE_SETTINGS;
    return { ...payCode, amountMinorMax: programme?.amountMinorMax ?? payCode.stepUpMinor };
  }

  /** At each sync: how the codes ended that are not on the screen. */
  async settle(): Promise<void> {
    if (!this.#parts.ready()) return;
    // With a network its end is known in a moment: the list need not say that it is not.
    if (!this.#parts.isOnline()) this.#parts.onOutstanding();
    await this.#settler.hurry();
    this.#parts.onOutstanding();
  }

  /** Those that a shop may have charged, without the centre's word on it. */
  loadOutstanding(): Promise<readonly KeptPayCode[]> {
    return this.#parts.codes.loadByStatus('confirmed', 'withdrawn');
  }

  #createFlow(): ShowCodeFlow {
    const parts = this.#parts;
    return new ShowCodeFlow({
      codes: parts.codes,
      cards: parts.cards,
      settings: () => this.settings,
      lastCard: () => parts.preferences().lastCard,
      lastCapMinor: () => parts.preferences().lastCapMinor,
      remember: (lastCard, lastCapMinor) =>
        parts.remember({ lastCard, ...(lastCapMinor !== undefined && { lastCapMinor }) }),
      sync: parts.sync,
      askPasskey: ({ hash }) => {
        const { credentialId, programme } = this.#mustBeReady().account;
        const { rpId } = programme;
        return confirmWithPasskey(hash, { credentialId, rpId, origin: location.origin, timeoutMs: PASSKEY_TIMEOUT_MS });
      },
      loop: this.#loop,
      makeShowing: (code, card) => {
        const { deviceKey } = this.#mustBeReady();
        return makeShowing(code, { card, settings: this.settings, deviceKey, nowMs: parts.nowMs() });
      },
      watch: new PayCodeWatch({
        openSocket: (hearing) => {
          const { isOnline, createSocket } = parts;
          return new WalletSocket({ url: socketUrl(), isOnline, createSocket, random: Math.random, ...hearing });
        },
        fetch: async (code) => readOrOpen(code, await fetchPayCode(code, parts.api)),
        hear: (code, answer) => this.#learn(code, answer),
      }),
      settle: () => void this.settle(),
      openOrder: (order, accountNumber) => parts.payment.openOrder(order, accountNumber),
      nowMs: parts.nowMs,
    });
  }

  /** Believes, stores, and only then shows. @returns the code as it is stored now; undefined where there was no answer */
  async #learn(code: KeptPayCode, answer: PayCodeAnswer | undefined): Promise<KeptPayCode | undefined> {
    const { codes, ready, nowMs, sync } = this.#parts;
    const trust = ready()?.trust;
    if (!answer || !trust) return undefined;
    const { events, order, doubt } = await readPayCodeAnswer(code, answer, trust, nowMs());
    let kept = code;
    for (const event of events) kept = await codes.apply(code.id, event);
    this.#tell(code, kept, order);
    if (!isOutstanding(kept)) this.#parts.onOutstanding();
    if (doubt === 'certificate_invalid') await sync();
    return kept;
  }

  #tell(before: KeptPayCode, kept: KeptPayCode, order: SignedRequest | undefined): void {
    const isShown = this.flow.isWatching(kept.id);
    // News of one moment may come twice, by the socket and by a poll: the flow knows the outcome already then.
    const isNews = kept.state.status === 'paid' && before.state.status !== 'paid' && !this.#told.has(kept.id);
    this.flow.hear(kept, order);
    if (!isNews) return;
    this.#told.add(kept.id);
    this.#parts.onPaid(kept, isShown);
  }

  #mustBeReady(): ReadySession {
    const session = this.#parts.ready();
    if (!session) throw new Error('There is no wallet on this phone.');
    return session;
  }
}

function socketUrl(): string {
  return `${location.origin.replace(/^http/, 'ws')}/api/v1/wallet/socket`;
}

/** A centre that never heard of the code says so: nobody has charged it. Any other refusal is no answer. */
function readOrOpen({ hash }: KeptPayCode, answer: ApiResult<PayCodeAnswer>): PayCodeAnswer | undefined {
  if (answer.ok) return answer.value;
  return answer.code === 'not_found' ? { payCode: encodeBase64url(hash), status: 'open' } : undefined;
}
