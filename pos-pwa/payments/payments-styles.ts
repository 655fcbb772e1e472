import { css } from 'lit';

export const paymentsStyles = css`
  .batch {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    white-space: nowrap;
  }
  .batch .button {
    flex: none;
  }
  .batch .button:disabled {
    background: transparent;
    opacity: 0.45;
  }
  .of-batch {
    display: none;
  }
  .earlier {
    transform: scaleX(-1);
  }
  .totals {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--space-1) var(--space-4);
    align-items: end;
  }
  .totals > .quiet:first-child,
  .agreement {
    grid-column: 1 / -1;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--space-2);
  }
  .agreement {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    margin-block-start: var(--space-2);
    --icon-size: 1.125rem;
  }
  .row {
    min-block-size: 4.25rem;
  }
  .state {
    --icon-size: 1.375rem;
    --icon-stroke: 2.5;
  }
  .state.paid {
    color: var(--color-paid-text);
  }
  .state.not-paid {
    color: var(--color-not-paid-text);
  }
  .state.unknown {
    color: var(--color-unknown-text);
  }
  .title .quiet {
    font-weight: var(--weight-regular);
  }
  .end {
    font-size: var(--text-l);
    font-weight: var(--weight-medium);
  }
  .end.not-paid {
    color: var(--color-text-quiet);
    text-decoration: line-through;
  }
  .end.checking {
    color: var(--color-unknown-text);
  }
  .go {
    flex: none;
    inline-size: 1.125rem;
    --icon-size: 1.125rem;
    color: var(--color-text-quiet);
  }
  .close-note,
  .said {
    text-align: center;
  }
  .said {
    padding-block: var(--space-4);
    font-weight: var(--weight-medium);
  }
  @media (max-width: 30rem) {
    /* No room beside the heading: the number stands over the total instead. */
    .batch .figures {
      display: none;
    }
    .of-batch {
      display: inline;
    }
    .row {
      gap: var(--space-3);
      padding-inline: var(--space-4);
    }
    .totals {
      grid-template-columns: 1fr;
    }
    .chips {
      justify-content: start;
    }
  }
`;
