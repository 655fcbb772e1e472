import { encodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import { type VerifiedClosing, verifyClosing } from '../../../shared/protocol/offline/closing.ts';
import type { TrustedWallet } from '../../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { AllowanceCall } from '../../../shared/protocol/wire/offline.ts';
import type { AllowanceAnswer, CardAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { verifyCard } from '../../../wallet-pwa/account/verify-wallet-answer.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { AllowanceKeeper } from '../../../wallet-pwa/offline/allowance-keeper.ts';
import { createChain } from '../../../wallet-pwa/offline/kept-chain.ts';
import { type PrepareParts, prepareConsent } from '../../../wallet-pwa/offline/prepare-consent.ts';
import { createIntent } from '../../../wallet-pwa/payment/create-intent.ts';
import { openOrder } from '../../../wallet-pwa/payment/open-order.ts';
import type { PayOrder } from '../../../wallet-pwa/payment/pay-state.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { createTestWallet, unwrap } from '../../support/devices.ts';
import { MemoryIntents } from '../support/memory-intents.ts';
import { createTestProgramme } from '../support/test-programme.ts';

const DAY_SECONDS = 86_400;
const CURRENCY = { code: 'EUR' as CurrencyCode, exponent: 2 };

/** A phone with an allowance of 50.00, at most 25.00 at once, and a centre that grants the next whenever it is asked. */
export async function createOfflineWallet(nowMs: number) {
  const programme = await createTestProgramme(nowMs);
  const phone = await createTestWallet('https://pay.example.org');
  const store = new MemoryIntents();
  const clock = { nowMs };
  const accountToken = new Uint8Array(16).fill(7);
  const closings: VerifiedClosing[] = [];
  const calls: AllowanceCall[] = [];
  let answers: ('lost' | 'no_network')[] = [];
  const certified: TrustedWallet[] = [];
  let granted = await certify();

  async function certify(isGranted = true): Promise<CardAnswer> {
    const issuedAtSeconds = Math.floor(clock.nowMs / 1000);
    const certificate = await programme.centre.certifyWallet(
      { accountToken, devicePublicKey: phone.deviceKey.publicKey, passkeyPublicKey: phone.authenticator.publicKey },
      {
        issuedAtSeconds,
        ...(isGranted && {
          allowanceLimitMinor: 5_000 as never,
          allowancePaymentMaxMinor: 2_500 as never,
          allowanceCountMax: 50,
          allowanceExpiresAtSeconds: issuedAtSeconds + DAY_SECONDS,
        }),
      },
    );
    await phone.adopt(certificate, programme.centre.trust);
    certified.push(phone.trusted);
    return {
      accountNumber: '1000010000000015',
      accountToken: encodeBase64url(accountToken),
      label: 'Lunch',
      status: 'open',
      availableMinor: 5_000,
      certificate: encodeBase64url(certificate),
      reservedMinor: 5_000,
      releases: [],
    } as unknown as CardAnswer;
  }

  const verify = (answer: CardAnswer): Promise<Result<Card>> =>
    verifyCard(answer, 0, {
      currency: CURRENCY,
      devicePublicKey: phone.deviceKey.publicKey,
      trust: programme.centre.trust,
    });

  async function answer(call: AllowanceCall): Promise<Result<AllowanceAnswer>> {
    calls.push(call);
    const fate = answers.shift();
    if (fate === 'no_network') return refuse('no_network');
    if (call.closing) {
      const closing = Uint8Array.from(Buffer.from(call.closing, 'base64url'));
      const results = await Promise.all(certified.map((trusted) => verifyClosing(closing, trusted)));
      closings.push(unwrap(results.find(({ ok }) => ok) ?? results[0]!));
    }
    granted = await certify(call.isWanted);
    return fate === 'lost' ? refuse('no_network') : accept({ card: granted });
  }

  const keeper = new AllowanceKeeper({
    chains: store.chainStore,
    call: answer,
    verifyCard: verify,
    deviceKey: () => phone.deviceKey,
    nowMs: () => clock.nowMs,
  });

  const card = unwrap(await verify(granted));
  const refuseToFree: PrepareParts['freeAllowance'] = async () => refuse('no_network');
  const wallet = {
    programme,
    phone,
    store,
    clock,
    calls,
    /** Those the centre has taken. */
    closings,
    keeper,
    card,
    loseAnswers: (...fates: typeof answers) => {
      answers = fates;
    },
    readCard: async () => unwrap(await verify(granted)),
    order: async (amountMinor: number): Promise<PayOrder> =>
      unwrap(
        await openOrder(await programme.showCode(amountMinor, clock.nowMs), {
          ...programme.knowledge,
          nowMs: clock.nowMs,
        }),
      ),
    prepare: (order: PayOrder, payingCard = card, free = refuseToFree) =>
      prepareConsent(order, payingCard, {
        intents: store,
        createIntent: (of, by, place) => createIntent(of, by, clock.nowMs, phone.deviceKey, place),
        freeAllowance: free,
        nowMs: () => clock.nowMs,
      }),
    /** As the passkey would, and its answer is kept. */
    sign: (intent: PaymentIntent) =>
      store.apply(intent.id, { kind: 'sign', assertion: Uint8Array.of(9), atMs: clock.nowMs }),
    chain: () => store.chains.get(encodeHex(card.grant!.allowance.serial))!,
  };
  const chain = createChain(card)!;
  store.chains.set(chain.id, chain);
  return wallet;
}

export type OfflineWallet = Awaited<ReturnType<typeof createOfflineWallet>>;
