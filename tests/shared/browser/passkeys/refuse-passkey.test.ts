import { describe, expect, it } from 'vitest';
import { refusePasskey } from '../../../../shared/browser/passkeys/refuse-passkey.ts';

const failed = (name: string) => new DOMException('', name);

describe('refusePasskey', () => {
  it.each([
    ['NotAllowedError', 'passkey_cancelled'],
    ['AbortError', 'passkey_cancelled'],
    ['TimeoutError', 'passkey_timeout'],
    ['InvalidStateError', 'passkey_exists'],
    ['NotSupportedError', 'passkey_unavailable'],
    ['ConstraintError', 'passkey_unavailable'],
    ['SecurityError', 'passkey_unavailable'],
    ['NotReadableError', 'passkey_unavailable'],
    ['UnknownError', 'passkey_unavailable'],
  ])('names %s %s', (name, code) => {
    expect(refusePasskey(failed(name), 3000, 60_000)).toMatchObject({ ok: false, code });
  });

  it('tells an unanswered dialogue from a closed one by the clock', () => {
    expect(refusePasskey(failed('NotAllowedError'), 59_400, 60_000)?.code).toBe('passkey_timeout');
    expect(refusePasskey(failed('NotAllowedError'), 59_400, undefined)?.code).toBe('passkey_cancelled');
  });

  it('leaves surprises to be thrown', () => {
    expect(refusePasskey(new TypeError('Missing key: challenge'), 0, undefined)).toBeUndefined();
    expect(refusePasskey('a string', 0, undefined)).toBeUndefined();
  });
});
