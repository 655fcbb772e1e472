import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Card } from '../cards/card.ts';
import { codeWords } from '../pay-code/code-words.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import type { ShowCodeState } from '../pay-code/show-code-state.ts';
import { say } from '../texts.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-twin-code.ts';

type StageState = Extract<ShowCodeState, { status: 'showing' | 'asked' | 'over' }>;

/**
 * The code, as large as the phone is wide, with the most it may pay above it and what goes on below it. The screen stays on.
 *
 * @property state `showing`, `asked` or `over`
 * @property pair, cards, rhythmMs, isOnline, hasSeenHint, nowMs as in `wallet-show-code`
 * @fires wallet-code-expire, wallet-code-again, wallet-code-close, wallet-code-hinted
 */
export class WalletCodeStage extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    pair: { attribute: false },
    cards: { attribute: false },
    rhythmMs: { type: Number },
    isOnline: { type: Boolean },
    hasSeenHint: { type: Boolean },
    nowMs: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        /* Wide as the phone, but the words and the button below stay on the screen. */
        --code-size: min(34rem, 100dvh - 19rem);
        flex: 1;
        gap: var(--space-3);
        min-block-size: 0;
        inline-size: 100%;
        padding: 0;
      }
      .what {
        display: flex;
        flex-direction: column;
        align-items: center;
        text-align: center;
      }
      .what h2 {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.3em;
        justify-content: center;
        align-items: baseline;
        font-size: var(--text-xl);
      }
      .place {
        display: grid;
        justify-items: center;
        margin-inline: calc(var(--space-2) - var(--page-inset));
      }
      .plate {
        display: grid;
        inline-size: min(100%, var(--code-size));
        aspect-ratio: 1;
        place-content: center;
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-8);
        border-radius: var(--radius-l);
        background: var(--color-surface);
        text-align: center;
      }
      .plate tandem-icon {
        --icon-size: 3rem;
        color: var(--color-mark);
      }
      .says {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: flex-start;
        gap: var(--space-1);
        /* Kept free for two lines: the code does not move when there is something to say. */
        min-block-size: 3.25rem;
        text-align: center;
      }
      .says .refused {
        color: var(--color-not-paid-text);
        font-weight: var(--weight-medium);
      }
      .hint {
        --icon-size: 1.125rem;
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }
      .foot {
        padding-block-start: var(--space-2);
      }
      @media (orientation: landscape) and (max-height: 34rem) {
        :host {
          --code-size: min(50vw, 100dvh - 6rem);
          display: grid;
          grid-template-columns: auto minmax(0, 1fr);
          gap: var(--space-2) var(--space-6);
          align-content: center;
        }
        .place {
          grid-row: 1 / 4;
          inline-size: var(--code-size);
          margin: 0;
        }
        .foot {
          margin: 0;
          padding: 0;
        }
      }
    `,
  ];

  declare state: StageState;
  declare pair: TwinCode | undefined;
  declare cards: readonly Card[];
  declare rhythmMs: number;
  declare isOnline: boolean;
  declare hasSeenHint: boolean;
  declare nowMs: () => number;

  #hasHint: boolean | undefined;

  constructor() {
    super();
    this.cards = [];
    this.nowMs = Date.now;
    new WakeLockController(this);
  }

  override willUpdate(): void {
    // Decided once, so that the line neither comes nor goes while somebody aims at the code.
    // Without a network there are two lines to read already.
    this.#hasHint ??= this.isOnline && !this.hasSeenHint;
  }

  override firstUpdated(): void {
    if (this.#hasHint) this.#fire('wallet-code-hinted');
  }

  override render() {
    const { state } = this;
    const { code } = state;
    const card = this.cards.find(({ accountNumber }) => accountNumber === code.accountNumber);
    return html`<div class="what">
        <h2>
          ${say('code.up-to')}
          <tandem-amount .amountMinor=${code.capMinor} .currency=${code.currency}></tandem-amount>
        </h2>
        <span class="quiet">${card?.label ?? nothing}</span>
      </div>
      <div class="place">${this.#renderPlace(state)}</div>
      <div class="says" role="status">${this.#renderWords(state)}</div>
      <div class="foot">${this.#renderActions(state)}</div>`;
  }

  #renderPlace({ status, code }: StageState) {
    switch (status) {
      case 'showing':
        return this.#renderCode(code);
      case 'asked':
        return html`<div class="plate">
          <tandem-icon name="shop"></tandem-icon>
          <p>${say('code.asked')}</p>
        </div>`;
      case 'over':
        return html`<div class="plate">
          <tandem-icon name="clock"></tandem-icon>
          <h2>${say('code.over')}</h2>
          <p class="quiet">${this.isOnline ? say('code.over-note') : say('code.over-offline')}</p>
        </div>`;
    }
  }

  #renderCode(code: KeptPayCode) {
    return html`<tandem-countdown
      kind="frame"
      .label=${say('code.valid-for')}
      .endsAtMs=${code.expiresAtMs}
      .durationMs=${code.expiresAtMs - code.createdAtMs}
      .now=${this.nowMs}
      @tandem-countdown-end=${() => this.#fire('wallet-code-expire')}
    >
      <tandem-twin-code
        .a=${this.pair?.a ?? ''}
        .b=${this.pair?.b ?? ''}
        .rhythmMs=${this.rhythmMs}
        .label=${say('code.picture', { amount: formatAmount(code.capMinor, code.currency) })}
      ></tandem-twin-code>
    </tandem-countdown>`;
  }

  #renderWords(state: StageState) {
    if (state.status === 'asked') return nothing;
    if (state.refusal)
      return html`<span class="refused">${refusalWords(state.refusal, state.status === 'showing')}</span>`;
    if (state.status === 'over') return nothing;
    return html`<span>${codeWords(this.isOnline).guide}</span>
      ${
        this.#hasHint
          ? html`<span class="hint quiet small"><tandem-icon name="sun"></tandem-icon>${say('code.brightness')}</span>`
          : nothing
      }`;
  }

  #renderActions({ status }: StageState) {
    // A shop that asks for more is heard of by the network alone: there is something to cancel.
    const isTold = status === 'asked' || this.isOnline;
    if (status !== 'over') return this.#button('wallet-code-close', codeWords(isTold).leave, 'large');
    return this.#button('wallet-code-again', say('code.new'), 'primary large', 'passkey');
  }

  #button(event: string, label: string, look: string, icon?: 'passkey') {
    return html`<button class="button wide ${look}" type="button" @click=${() => this.#fire(event)}>
      ${icon ? html`<tandem-icon name=${icon}></tandem-icon>` : nothing}${label}
    </button>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

/** What was refused, and what helps. While one is shown it is fresh already: nobody is told to ask for one. */
function refusalWords(code: RefusalCode, isShowing: boolean): string {
  const { text, next } = messageFor(code);
  return `${text} ${isShowing && next === FRESH_CODE ? say('code.fresh') : next}`;
}

const FRESH_CODE = messageFor('twin_code_stale').next;

customElements.define('wallet-code-stage', WalletCodeStage);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-code-stage': WalletCodeStage;
  }
}
