import { css } from 'lit';

/**
 * Four grounds by which people tell their cards apart, the same in light and dark. White on the lightest point of each holds at
 * least 5:1 (tests/wallet-pwa/parts/card-colours.test.ts computes it from this file).
 */
export const cardColours = css`
  .colour-0 {
    background: linear-gradient(145deg, #6247d6, #432aa6);
  }
  .colour-1 {
    background: linear-gradient(145deg, #0c7480, #07505a);
  }
  .colour-2 {
    background: linear-gradient(145deg, #2c5aa8, #1a3a74);
  }
  .colour-3 {
    background: linear-gradient(145deg, #a0357f, #701f57);
  }
`;
