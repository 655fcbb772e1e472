import { css } from 'lit';

/** The line that says how an open sale stands, in the colour of what it says. */
export const statusStyles = css`
  .status {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    padding: var(--space-3) var(--space-5);
    border-radius: var(--radius-l);
    background: var(--color-surface);
    box-shadow: var(--elevation-1);
    line-height: 1.3;
  }
  .status strong {
    font-weight: var(--weight-bold);
  }
  .note {
    display: block;
    margin-block-start: var(--space-1);
    font-size: var(--text-s);
  }
  .status.refused {
    background: var(--color-not-paid);
    color: var(--color-on-not-paid);
  }
  .status.unknown {
    background: var(--color-unknown);
    color: var(--color-on-unknown);
  }
  .pulse {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    border-radius: 50%;
    background: currentcolor;
    animation: status-pulse 1.6s ease-in-out infinite;
  }
  @keyframes status-pulse {
    50% {
      opacity: 0.25;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse {
      animation: none;
    }
  }
`;
