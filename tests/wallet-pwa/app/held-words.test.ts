import { describe, expect, it } from 'vitest';
import { HeldWords } from '../../../wallet-pwa/app/held-words.ts';

describe('words on what happened elsewhere', () => {
  it('are said at once where nothing is in the way', () => {
    const said: string[] = [];
    new HeldWords((text) => said.push(text)).tell('Paid: €7.00', false);
    expect(said).toEqual(['Paid: €7.00']);
  });

  it('wait for the code on the screen, the newest of them, and are said once', () => {
    const said: string[] = [];
    const words = new HeldWords((text) => said.push(text));
    words.tell('Paid: €7.00', true);
    words.tell('Paid: €8.00', true);
    expect(said).toEqual([]);
    words.release();
    words.release();
    expect(said).toEqual(['Paid: €8.00']);
  });
});
