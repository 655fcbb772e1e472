import { html } from 'lit';
import type { ReadySession } from '../account/account.ts';
import type { Wallet } from './wallet.ts';

export interface SettingsScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly base: string;
  readonly version: string;
  readonly signOut: () => Promise<boolean>;
}

/** Settings joined to what they tell of and end. */
export function renderSettingsScreen({ wallet, session, base, version, signOut }: SettingsScreenParts) {
  const { offline, unsettled } = wallet;
  const { programme } = session.account;
  return html`<wallet-settings
    .base=${base}
    .session=${session}
    .version=${version}
    .isOnline=${wallet.network.isOnline.value}
    .isOffline=${wallet.cards.value.some((card) => offline.isWanted(card))}
    .countUnsettled=${() => unsettled.count()}
    .createFile=${() => unsettled.createFile(programme.programme)}
    .signOut=${signOut}
  ></wallet-settings>`;
}
