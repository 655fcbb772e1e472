import { type Refusal, refuse } from '../../protocol/result.ts';

/** Browsers end a ceremony a little before or after its time. */
const TIMEOUT_SLACK_MS = 1500;

/**
 * Names why a passkey ceremony failed. The standard hides most reasons behind NotAllowedError, on purpose; the clock tells
 * a person who closed the dialogue from one who did not answer it.
 * @returns undefined for a surprise: wrong options are a bug, not a refusal
 */
export function refusePasskey(error: unknown, elapsedMs: number, timeoutMs: number | undefined): Refusal | undefined {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
      return timeoutMs !== undefined && elapsedMs >= timeoutMs - TIMEOUT_SLACK_MS
        ? refuse('passkey_timeout')
        : refuse('passkey_cancelled');
    case 'AbortError':
      return refuse('passkey_cancelled');
    case 'TimeoutError':
      return refuse('passkey_timeout');
    case 'InvalidStateError':
      // Only registration raises it: this authenticator holds one of the excluded passkeys.
      return refuse('passkey_exists');
    case 'NotSupportedError':
    case 'ConstraintError':
    case 'SecurityError':
    case 'NotReadableError':
    case 'UnknownError':
      return refuse('passkey_unavailable', error instanceof Error ? error.name : undefined);
    default:
      return undefined;
  }
}
