import { html } from 'lit';
import type { Result } from '../../shared/protocol/result.ts';
import type { Launch } from '../routing/read-launch.ts';
import { say } from '../texts.ts';
import type { Wallet } from './wallet.ts';

export interface WelcomeScreenParts {
  readonly wallet: Wallet;
  /** What a link or a code asked for: it is done once there is a wallet. */
  readonly waiting: Launch | undefined;
  readonly register: (name: string) => Promise<Result<true>>;
  readonly signIn: () => Promise<Result<true>>;
  readonly tell: (text: string) => void;
}

/** The screen for whoever has no wallet here yet, joined to the ways to one. It is loaded by itself: nobody needs it twice. */
export function renderWelcomeScreen({ wallet, waiting, register, signIn, tell }: WelcomeScreenParts) {
  void import('../screens/wallet-welcome.ts');
  const actions = {
    register,
    signIn: async () => {
      const result = await signIn();
      if (result.ok) tell(say('welcome.back'));
      return result;
    },
  };
  return html`<wallet-welcome
    .programme=${wallet.programme.value}
    .isProgrammeMissing=${wallet.isProgrammeMissing.value}
    .launch=${waiting}
    .isOnline=${wallet.network.isOnline.value}
    .demoNetwork=${wallet.demoNetwork}
    .actions=${actions}
  ></wallet-welcome>`;
}
