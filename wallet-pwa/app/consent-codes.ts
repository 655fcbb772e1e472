import type { Store } from '../../shared/browser/state/store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';
import { ShowingLoop } from '../pay-code/showing-loop.ts';
import { makeConsentShowing } from '../payment/consent-showing.ts';
import type { PayState } from '../payment/pay-state.ts';

export interface ConsentCodesParts {
  readonly payment: Store<PayState>;
  readonly settings: () => PayCodeSettings;
  /** The list of withdrawn allowances that this phone carries. */
  readonly revocations: () => Bytes | undefined;
  readonly nowMs: () => number;
}

/** Makes fresh codes of the consent on the screen, for as long as the till is to scan it. */
export class ConsentCodes {
  readonly #loop = new ShowingLoop();
  readonly #parts: ConsentCodesParts;
  #shownId: string | undefined;

  constructor(parts: ConsentCodesParts) {
    this.#parts = parts;
    parts.payment.subscribe((state) => this.#follow(state));
  }

  /** What is to be drawn; undefined while nothing is shown. */
  get pair(): Store<TwinCode | undefined> {
    return this.#loop.pair;
  }

  #follow(state: PayState): void {
    const intent = state.status === 'showing' && !state.isOver ? state.intent : undefined;
    if (intent?.id === this.#shownId) return;
    this.#shownId = intent?.id;
    this.#loop.stop();
    if (!intent) return;
    const { rhythmMs, regenerateMs } = this.#parts.settings();
    const { nowMs, revocations } = this.#parts;
    this.#loop.start(() => makeConsentShowing(intent, rhythmMs, nowMs(), revocations()), regenerateMs);
  }
}
