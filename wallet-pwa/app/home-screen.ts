import { html } from 'lit';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ReadySession } from '../account/account.ts';
import { topCard } from '../cards/choose-card.ts';
import type { InstallOffer } from './install-offer.ts';
import type { Wallet } from './wallet.ts';
import '../screens/wallet-home.ts';

export interface HomeScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly base: string;
  readonly install: InstallOffer;
  readonly nowMs: () => number;
  readonly signIn: () => void;
}

/** The first screen joined to what it shows. */
export function renderHomeScreen({ wallet, session, base, install, nowMs, signIn }: HomeScreenParts) {
  const cards = wallet.cards.value;
  return html`<wallet-home
    .base=${base}
    .session=${session}
    .cards=${cards}
    .chosen=${topCard(cards, wallet.preferences.value.lastCard)}
    .entries=${wallet.history.entries.value}
    .isOnline=${wallet.network.isOnline.value}
    .demoNetwork=${wallet.demoNetwork}
    .install=${install}
    .nowMs=${nowMs}
    .checkBalance=${() => wallet.refreshBalances()}
    @wallet-card-choose=${(event: CustomEvent<{ accountNumber: AccountNumber }>) =>
      wallet.rememberCard(event.detail.accountNumber)}
    @wallet-sign-in=${signIn}
  ></wallet-home>`;
}
