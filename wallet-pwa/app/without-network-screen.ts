import { html } from 'lit';
import type { ReadySession } from '../account/account.ts';
import { topCard } from '../cards/choose-card.ts';
import type { Wallet } from './wallet.ts';

export interface WithoutNetworkScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly base: string;
  readonly nowMs: () => number;
}

/** "Without a network" joined to what sets money aside. The card is the one it is on, else the one on top. */
export function renderWithoutNetworkScreen({ wallet, session, base, nowMs }: WithoutNetworkScreenParts) {
  const { offline } = wallet;
  const cards = wallet.cards.value;
  const on = cards.find((card) => offline.isWanted(card));
  const top = topCard(cards, wallet.preferences.value.lastCard);
  return html`<wallet-without-network
    .base=${base}
    .state=${offline.rehearsal.value}
    .card=${on ?? cards.find(({ accountNumber }) => accountNumber === top)}
    .isOn=${on !== undefined}
    .isOnline=${wallet.network.isOnline.value}
    .isDemo=${session.account.programme.demo === true}
    .demoNetwork=${wallet.demoNetwork}
    .settings=${session.account.programme.offline}
    .actions=${{
      open: async () => (await offline.openRehearsal()).open(),
      agree: () => offline.agree(),
      confirm: async () => (await offline.openRehearsal()).confirm(),
      close: async () => (await offline.openRehearsal()).close(),
      switchOff: () => offline.switchOff(),
    }}
    .nowMs=${nowMs}
  ></wallet-without-network>`;
}
