import { css } from 'lit';

/** A quiet page cut into sections, each under a small heading. */
export const sectionStyles = css`
  section {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: var(--space-3);
  }
  h2 {
    margin-block-start: var(--space-2);
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
  }
  .card {
    inline-size: 100%;
  }
`;
