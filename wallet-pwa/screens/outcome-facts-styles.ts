import { css } from 'lit';

/** Lines under the amount of an outcome: to which shop, what is left on the card. */
export const outcomeFactsStyles = css`
  .facts-line {
    display: block;
  }
  .shop {
    font-weight: var(--weight-bold);
    overflow-wrap: anywhere;
  }
`;
