import { describe, expect, it } from 'vitest';
import { codeInFragment, countCode, groupCode } from '../../../pos-pwa/activation/activation-code.ts';
import { parseSecretCode } from '../../../shared/protocol/codes/secret-code.ts';

describe('the activation code in its field', () => {
  it.each([
    ['', ''],
    ['abcd', 'ABCD'],
    ['abcde', 'ABCD-E'],
    ['abcd efgh/2345', 'ABCD-EFGH-2345'],
    ['ABCD-EFGH-2345-more', 'ABCD-EFGH-2345'],
    ['https://pay.example.org/pos/#activate=ABCDEFGH2345', 'https://pay.example.org/pos/#activate=ABCDEFGH2345'],
  ])('turns %j into %j', (typed, shown) => {
    expect(groupCode(typed)).toBe(shown);
  });

  it('stays readable for the one who reads it', () => {
    expect(parseSecretCode(groupCode('abcd efgh 2345'))).toBe('ABCDEFGH2345');
    expect(countCode('ABCD-EF')).toBe(6);
  });

  it.each([
    ['#activate=ABCDEFGH2345', 'ABCDEFGH2345'],
    ['#activate=', undefined],
    ['#claim=ABCDEFGH2345', undefined],
    ['#activate=<script>alert(1)', undefined],
    ['', undefined],
  ])('is taken from the address %j: %j', (hash, code) => {
    expect(codeInFragment(hash)).toBe(code);
  });
});
