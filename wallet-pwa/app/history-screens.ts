import { html } from 'lit';
import type { ReadySession } from '../account/account.ts';
import type { Wallet } from './wallet.ts';

export interface HistoryScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly base: string;
  readonly nowMs: () => number;
}

/** The list of payments joined to what keeps it. */
export function renderHistoryScreen({ wallet, session, base, nowMs }: HistoryScreenParts) {
  const { programme } = session.account;
  const { history } = wallet;
  return html`<wallet-history
    .base=${base}
    .entries=${history.entries.value}
    .currency=${programme.currency}
    .programmeName=${programme.name}
    .hasOlder=${history.hasOlder.value}
    .cards=${wallet.cards.value}
    .fetchOlder=${() => history.fetchOlder()}
    .nowMs=${nowMs}
  ></wallet-history>`;
}

/** One payment of it, by the id in the address. */
export function renderEntryScreen({ wallet, session, base, nowMs }: HistoryScreenParts, entryId: string | undefined) {
  const { programme } = session.account;
  return html`<wallet-receipt
    .base=${base}
    .entry=${wallet.history.entries.value.find(({ id }) => id === entryId)}
    .trust=${session.trust}
    .currency=${programme.currency}
    .programmeName=${programme.name}
    .nowMs=${nowMs}
    .tryAgain=${async (id: string) => {
      await wallet.unsettled.tryAgain(id);
      await wallet.history.load();
    }}
  ></wallet-receipt>`;
}
