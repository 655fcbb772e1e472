import { css } from 'lit';

/** A screen cut into sections, each under a small heading. */
export const sectionStyles = css`
  section {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
  }
  h2 {
    padding-inline: var(--space-1);
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    letter-spacing: 0;
  }
`;
