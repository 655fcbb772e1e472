import { html } from 'lit';
import type { ReadySession } from '../account/account.ts';
import type { Wallet } from './wallet.ts';

export interface BegunAgainScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly nowMs: () => number;
  readonly beginAgain: () => Promise<void>;
}

/** "The programme was begun again" joined to what is lost by that. */
export function renderBegunAgainScreen({ wallet, session, nowMs, beginAgain }: BegunAgainScreenParts) {
  void import('../screens/wallet-begun-again.ts');
  return html`<wallet-begun-again
    .session=${session}
    .cards=${wallet.cards.value}
    .entries=${wallet.history.entries.value}
    .loadCodes=${() => wallet.payCodes.loadOutstanding()}
    .beginAgain=${beginAgain}
    .nowMs=${nowMs}
  ></wallet-begun-again>`;
}
