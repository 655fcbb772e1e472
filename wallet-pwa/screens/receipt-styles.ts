import { css } from 'lit';

/** A slip of paper on the screen, and a slip of paper in the printer. */
export const receiptStyles = css`
  .slip {
    display: flex;
    flex-direction: column;
    gap: var(--space-5);
    padding: var(--space-8) var(--space-5) var(--space-5);
    border-radius: var(--radius-xl);
    background: var(--color-surface);
    box-shadow: var(--elevation-1);
  }
  .slip > header {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--space-3);
    text-align: center;
  }
  .slip tandem-amount {
    --text-money: clamp(2rem, 13vi, 4rem);
  }
  .slip h2 {
    font-size: var(--text-xl);
    overflow-wrap: anywhere;
  }
  .chip {
    --icon-size: 1.125rem;
  }
  .facts {
      grid-template-columns: 1fr;
    }
    .facts > dd {
      text-align: start;
    }
  }
  .facts {
    display: flex;
    flex-direction: column;
    padding-block: var(--space-4);
    border-block: 1px dashed var(--color-line);
  }
  /* What does not fit beside its name goes under it, whole: no number breaks at a dash, no "AM" stands alone. */
  .fact {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-5);
  }
  .fact dt {
    color: var(--color-text-quiet);
  }
  .fact dd {
    margin-inline: auto 0;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums lining-nums;
    text-align: end;
  }
  details .facts {
    border: 0;
    font-size: var(--text-s);
  }
  .proof {
    --icon-size: 1.375rem;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-block-size: 1.5rem;
    color: var(--color-paid-text);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    text-align: center;
  }
  .proof.checking {
    visibility: hidden;
  }
  .proof.broken {
    color: var(--color-not-paid-text);
  }
  summary {
    --icon-size: 1.125rem;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-block-size: var(--target-min);
    border-radius: var(--radius-m);
    color: var(--color-accent);
    font-weight: var(--weight-medium);
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  details[open] summary tandem-icon {
    transform: scaleY(-1);
  }
  .actions {
    display: grid;
    gap: var(--space-3);
  }
  /* Two in a row where both fit, and the first over both. */
  @media (min-width: 18rem) {
    .actions {
      grid-template-columns: 1fr 1fr;
    }
    .actions .code {
      grid-column: 1 / -1;
    }
  }
  .empty {
    align-content: center;
  }
  .empty strong {
    color: var(--color-text);
    font-size: var(--text-l);
  }
  @media print {
    :host {
      min-block-size: 0;
    }
    .slip {
      box-shadow: none;
    }
    summary {
      display: none;
    }
    details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
  }
`;
