import { css } from 'lit';

/** The bar of a screen that stands before there is a wallet: the mark, and who runs the programme. */
export const mastheadStyles = css`
  .bar {
    margin-inline: 0;
    gap: var(--space-3);
  }
  .bar svg {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    color: var(--color-accent);
  }
  .who {
    font-weight: var(--weight-medium);
  }
`;
