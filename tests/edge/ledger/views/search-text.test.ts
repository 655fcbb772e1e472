import { describe, expect, it } from 'vitest';
import { findFirstSince } from '../../../../edge/ledger/views/find-since.ts';
import { parseSearchText } from '../../../../edge/ledger/views/search-text.ts';

const all = [0, 999_999] as const;

describe('what is typed to find a payment', () => {
  it.each([
    ['1234', { kind: 'card-ending', ending: '1234' }],
    [' 0007 ', { kind: 'card-ending', ending: '0007' }],
    ['till', { kind: 'trace-key', terminalIdPrefix: 'TILL', batchNos: all, voucherNos: all }],
    ['TILL0001', { kind: 'trace-key', terminalIdPrefix: 'TILL0001', batchNos: all, voucherNos: all }],
    ['TILL0001-', { kind: 'trace-key', terminalIdPrefix: 'TILL0001', batchNos: all, voucherNos: all }],
    ['TILL0001-0001', { kind: 'trace-key', terminalIdPrefix: 'TILL0001', batchNos: [100, 199], voucherNos: all }],
    ['TILL0001-000012-', { kind: 'trace-key', terminalIdPrefix: 'TILL0001', batchNos: [12, 12], voucherNos: all }],
    [
      'TILL0001-000012-000345',
      { kind: 'trace-key', terminalIdPrefix: 'TILL0001', batchNos: [12, 12], voucherNos: [345, 345] },
    ],
  ])('reads %j', (typed, expected) => {
    expect(parseSearchText(typed)).toEqual(expected);
  });

  it.each([
    '',
    '-',
    'TILL-000001',
    'TILL0001-12-000345',
    'TILL0001-000012-0003456',
    'a b',
    '%',
    "'; DROP TABLE requests",
  ])('takes %j for nothing', (typed) => {
    expect(parseSearchText(typed)).toBeUndefined();
  });
});

describe('finding the first row since a moment', () => {
  const times = [10, 20, 20, 30, 40];
  it.each([
    [0, 1],
    [10, 1],
    [11, 2],
    [20, 2],
    [21, 4],
    [40, 5],
    [41, 6],
  ])('at %i is row %i', (atMs, row) => {
    expect(findFirstSince((index) => times[index - 1]!, 1, times.length, atMs)).toBe(row);
  });

  it('in an empty table is the row after none', () => {
    expect(findFirstSince(() => 0, 1, 0, 5)).toBe(1);
  });
});
