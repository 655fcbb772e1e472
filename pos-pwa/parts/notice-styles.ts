import { css } from 'lit';

/** A line above the pad: what there is to know, and beside it what can be done about it. */
export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2) var(--space-4);
    padding: var(--space-2) var(--space-2) var(--space-2) var(--space-5);
    border-radius: var(--radius-l);
    background: var(--color-surface);
    box-shadow: var(--elevation-1);
  }
`;
