import { describe, expect, it } from 'vitest';
import { codeWords } from '../../../wallet-pwa/pay-code/code-words.ts';

describe('the words below a code that is shown', () => {
  it('without a network name the shop’s part and the other way, and leaving undoes nothing', () => {
    expect(codeWords(false)).toEqual({
      guide: 'Works where the shop has a network. If not, scan the shop’s code.',
      leave: 'Done',
    });
  });

  it('with a network say where to hold it, and that it can be taken back', () => {
    expect(codeWords(true)).toEqual({ guide: 'Hold it in front of the till’s camera', leave: 'Cancel' });
  });
});
