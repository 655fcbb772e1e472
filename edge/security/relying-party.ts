import type { Bytes } from '../../shared/protocol/bytes.ts';
import { encodeUtf8 } from '../../shared/protocol/bytes.ts';
import { sha256 } from '../../shared/protocol/hash.ts';
import type { RelyingParty } from '../../shared/protocol/payment/verify-authorisation.ts';
import type { Origins } from './origins.ts';

const hashes = new Map<string, Bytes>();

/** What a payment's passkey assertion must have been made for: this site, in the wallet and nowhere else. */
export async function relyingPartyOf({ rpId, walletOrigin }: Origins): Promise<RelyingParty> {
  let rpIdHash = hashes.get(rpId);
  if (!rpIdHash) {
    rpIdHash = await sha256(encodeUtf8(rpId));
    hashes.set(rpId, rpIdHash);
  }
  return { rpIdHash, origins: [walletOrigin] };
}
