import { getPasskey } from '../../shared/browser/passkeys/passkeys.ts';
import { type Bytes, decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../shared/protocol/passkey/passkey-assertion.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';

export interface PasskeyToAsk {
  readonly credentialId: string;
  readonly rpId: string;
  readonly origin: string;
  /** The dialogue closes by itself when the request can no longer be paid. */
  readonly timeoutMs: number;
}

/**
 * Asks the person (R1.5): the challenge is the authorisation's hash, so amount, payee and voucher are what is consented to.
 * Refuses `passkey_cancelled`, `passkey_timeout`, `passkey_unavailable`, `passkey_invalid`.
 * @returns the compact assertion, encoded
 */
export async function confirmWithPasskey(
  authorisationHash: Bytes,
  { credentialId, rpId, origin, timeoutMs }: PasskeyToAsk,
): Promise<Result<Bytes>> {
  const answer = await getPasskey({
    challenge: encodeBase64url(authorisationHash),
    rpId,
    allowCredentials: [{ type: 'public-key', id: credentialId }],
    userVerification: 'required',
    timeout: timeoutMs,
  });
  if (!answer.ok) return answer;
  const { authenticatorData, clientDataJSON, signature } = answer.value.response;
  const response = {
    authenticatorData: decodeBase64url(authenticatorData),
    clientDataJSON: decodeBase64url(clientDataJSON),
    signature: decodeBase64url(signature),
  };
  if (!response.authenticatorData || !response.clientDataJSON || !response.signature) return refuse('passkey_invalid');
  const assertion = createPasskeyAssertion(
    response as { authenticatorData: Bytes; clientDataJSON: Bytes; signature: Bytes },
    authorisationHash,
    origin,
  );
  return assertion.ok ? accept(encodePasskeyAssertion(assertion.value)) : assertion;
}
