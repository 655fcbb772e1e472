import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CardAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Env } from '../env.ts';
import type { WalletCard } from '../registry/wallets.ts';
import { deriveAccountSecret } from '../security/account-secrets.ts';

/** A card as its wallet is told of it. */
export async function createCardAnswer(env: Env, card: WalletCard): Promise<CardAnswer> {
  const { accountNumber, accountToken, label, status, availableMinor, reservedMinor, releases } = card;
  const { offlineTermsVersion } = card;
  return {
    accountNumber,
    accountToken: encodeBase64url(accountToken),
    label,
    status,
    availableMinor,
    reservedMinor,
    releases: [...releases],
    certificate: encodeBase64url(card.certificate),
    secret: encodeBase64url(await deriveAccountSecret(env.KEY_SECRET, accountToken)),
    ...(offlineTermsVersion !== undefined && { offlineTermsVersion }),
  };
}
