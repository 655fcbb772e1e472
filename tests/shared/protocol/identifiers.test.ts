import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  AccountNumber,
  type BatchNo,
  createAccountNumber,
  decodeTraceKey,
  formatTraceKey,
  type ParticipantCode,
  participantOf,
  type TerminalId,
  TraceKey,
  type VoucherNo,
} from '../../../shared/protocol/identifiers.ts';
import { computeLuhnDigit, hasLuhnDigit } from '../../../shared/protocol/luhn.ts';

const participant = '100001' as ParticipantCode;

describe('identifiers', () => {
  it('computes the check digit of ISO/IEC 7812-1', () => {
    expect(computeLuhnDigit('7992739871')).toBe('3');
    expect(hasLuhnDigit('4111111111111111')).toBe(true);
    expect(hasLuhnDigit('4111111111111112')).toBe(false);
  });

  it('gives every account a 16-digit number that names its participant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (serial) => {
        const account = createAccountNumber(participant, serial);
        expect(v.is(AccountNumber, account)).toBe(true);
        expect(participantOf(account)).toBe(participant);
      }),
    );
  });

  it('refuses an account number with any one digit changed', () => {
    const account = createAccountNumber(participant, 123_456_789);
    for (let i = 0; i < account.length; i += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const changed = account.slice(0, i) + digit + account.slice(i + 1);
        if (changed !== account) expect(v.is(AccountNumber, changed), changed).toBe(false);
      }
    }
  });

  it('names a payment by terminal, batch and voucher, and back', () => {
    const parts = { terminalId: 'T0000001' as TerminalId, batchNo: 7 as BatchNo, voucherNo: 42 as VoucherNo };
    const traceKey = formatTraceKey(parts);
    expect(traceKey).toBe('T0000001-000007-000042');
    expect(decodeTraceKey(traceKey)).toEqual(parts);
  });

  it.each(['T0000001-000000-000001', 'T0000001-000001-000000', 't0000001-000001-000001', 'T0000001-1-1', ''])(
    'refuses the trace key %j',
    (text) => {
      expect(v.is(TraceKey, text)).toBe(false);
    },
  );
});
