import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import { createPasskey, getPasskey, type PasskeyRequestOptions } from '../../shared/browser/passkeys/passkeys.ts';
import { type Bytes, decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import { DeviceBinding } from '../../shared/protocol/documents/proof-of-possession.ts';
import { createChallenge, PASSKEY_PURPOSES, type PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import { WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Timing } from './sync-wallet.ts';

export interface EnrolledAnswer {
  readonly answer: WalletAnswer;
  readonly timing: Timing;
}

/** One step: a name, and the passkey that this makes. Refuses what the centre refuses, and `passkey_…`. */
export function registerWallet(name: string, api: ApiClient, deviceKey: SigningKey): Promise<Result<EnrolledAnswer>> {
  return enrol(
    { path: 'registration', purpose: PASSKEY_PURPOSES.walletRegistration, body: { name } },
    createPasskey,
    api,
    deviceKey,
  );
}

/** With a passkey that this person has already, from wherever it was synced: the cards come back, this phone's key is bound. */
export function signInWallet(api: ApiClient, deviceKey: SigningKey): Promise<Result<EnrolledAnswer>> {
  return enrol({ path: 'sign-in', purpose: PASSKEY_PURPOSES.walletSignIn, body: {} }, getPasskey, api, deviceKey);
}

interface Way {
  readonly path: 'registration' | 'sign-in';
  readonly purpose: PasskeyPurpose;
  readonly body: object;
}

async function enrol(
  { path, purpose, body }: Way,
  askPasskey: (options: PasskeyRequestOptions) => Promise<Result<unknown>>,
  api: ApiClient,
  deviceKey: SigningKey,
): Promise<Result<EnrolledAnswer>> {
  const begun = await api.call({ path: `wallet/${path}-options`, body, answer: CeremonyAnswer });
  if (!begun.ok) return begun;
  const { ceremony, options } = begun.value;
  const serverChallenge = decodeBase64url(options.challenge);
  if (serverChallenge?.length !== 32) return refuse('document_malformed');
  const challenge = encodeBase64url(await createChallenge(purpose, serverChallenge));
  const response = await askPasskey({ ...options, challenge });
  if (!response.ok) return response;
  const binding = encodeBase64url(await bindDevice(deviceKey, serverChallenge));
  const call = { path: `wallet/${path}`, body: { ceremony, response: response.value, binding }, answer: WalletAnswer };
  const ended = await api.call(call);
  return ended.ok ? accept({ answer: ended.value, timing: ended }) : ended;
}

/** Shows that this phone holds the key that is to be certified, and that it means this very ceremony. */
function bindDevice(deviceKey: SigningKey, challenge: Bytes): Promise<Bytes> {
  return signDocument(DeviceBinding, { publicKey: deviceKey.publicKey, challenge }, deviceKey);
}
