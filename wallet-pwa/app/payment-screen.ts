import { html } from 'lit';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ReadySession } from '../account/account.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { Wallet } from './wallet.ts';

export interface PaymentScreenParts {
  readonly wallet: Wallet;
  readonly session: ReadySession;
  readonly nowMs: () => number;
  readonly close: (to: 'home' | 'scan') => void;
  readonly openReceipt: (intent: PaymentIntent) => void;
}

/** Not part of the first load: it comes while the first screen is looked at, long before somebody has a code before the camera. */
const loadPayment = () => import('../screens/wallet-payment.ts');

/** A payment's sheets and outcome joined to its flow. */
export function renderPaymentScreen({ wallet, session, nowMs, close, openReceipt }: PaymentScreenParts) {
  void loadPayment();
  const { payment } = wallet;
  const state = payment.state.value;
  const { programme } = session.account;
  return html`<wallet-payment
    .state=${state}
    .cards=${wallet.cards.value}
    .programmeName=${programme.name}
    .isOnline=${wallet.network.isOnline.value}
    .pair=${wallet.consentCodes.pair.value}
    .rhythmMs=${programme.payCode.rhythmMs}
    .nowMs=${nowMs}
    .handover=${{
      accept: async (text: string) => {
        const taken = await payment.accept(text);
        await wallet.history.load();
        return taken;
      },
      leave: async (intent: PaymentIntent) => {
        await payment.leave(intent);
        await wallet.history.load();
        close('home');
      },
      claimUntilMs: (intent: PaymentIntent) => wallet.offline.claimUntilMs(intent),
    }}
    @wallet-card-choose=${(event: CustomEvent<{ accountNumber: AccountNumber }>) =>
      payment.chooseCard(event.detail.accountNumber)}
    @wallet-pay-confirm=${() => void payment.confirm()}
    @wallet-pay-expire=${() => payment.expire()}
    @wallet-pay-shown-out=${() => payment.endShowing()}
    @wallet-pay-hurry=${() => wallet.hurry()}
    @wallet-pay-other-card=${() => void payment.tryOtherCard()}
    @wallet-pay-receipt=${() => state.status === 'paid' && openReceipt(state.intent)}
    @wallet-pay-again=${() => close('scan')}
    @wallet-pay-close=${() => close('home')}
  ></wallet-payment>`;
}
