import { html } from 'lit';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ReadySession } from '../account/account.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import type { Wallet } from './wallet.ts';

export interface CodeScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly base: string;
  readonly nowMs: () => number;
  readonly close: () => void;
  readonly openReceipt: (code: KeptPayCode) => void;
}

/** "Show code" joined to its flow. */
export function renderCodeScreen({ wallet, session, base, nowMs, close, openReceipt }: CodeScreenParts) {
  const { flow, pair, settings } = wallet.payCodes;
  const state = flow.state.value;
  return html`<wallet-show-code
    .base=${base}
    .state=${state}
    .pair=${pair.value}
    .cards=${wallet.cards.value}
    .currency=${session.account.programme.currency}
    .settings=${settings}
    .isOnline=${wallet.network.isOnline.value}
    .hasSeenHint=${wallet.preferences.value.hasSeenBrightnessHint ?? false}
    .nowMs=${nowMs}
    @wallet-card-choose=${(event: CustomEvent<{ accountNumber: AccountNumber }>) =>
      flow.chooseCard(event.detail.accountNumber)}
    @wallet-code-step=${(event: CustomEvent<{ direction: 1 | -1 }>) => flow.stepCap(event.detail.direction)}
    @wallet-code-confirm=${() => void flow.confirm()}
    @wallet-code-expire=${() => flow.expire()}
    @wallet-code-again=${() => void flow.again()}
    @wallet-code-hinted=${() => wallet.remember({ hasSeenBrightnessHint: true })}
    @wallet-code-close=${close}
    @wallet-code-receipt=${() => state.status === 'paid' && openReceipt(state.code)}
  ></wallet-show-code>`;
}
