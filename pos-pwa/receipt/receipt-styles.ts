import { css } from 'lit';

/** On screen a card; on paper black on white, as narrow as a receipt printer's roll asks, and nothing else of the app. */
export const receiptStyles = css`
  .slip {
    display: flex;
    flex-direction: column;
    gap: var(--space-5);
    inline-size: 100%;
    max-inline-size: 30rem;
    margin-inline: auto;
    padding: var(--space-6);
  }
  header {
    display: grid;
    justify-items: center;
    gap: var(--space-2);
    padding-block-end: var(--space-5);
    border-block-end: 1px dashed var(--color-mark);
    text-align: center;
  }
  .facts {
    column-gap: var(--space-4);
  }
  .shop {
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    overflow-wrap: anywhere;
  }
  .chip {
    --icon-size: 1.125rem;
    --icon-stroke: 3;
  }
  footer {
    display: grid;
    justify-items: center;
    gap: var(--space-2);
    padding-block-start: var(--space-5);
    border-block-start: 1px dashed var(--color-mark);
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    text-align: center;
  }
  .proof {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    color: var(--color-paid-text);
    font-weight: var(--weight-medium);
  }
  .proof.bad {
    color: var(--color-danger);
  }
  .actions {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-3);
    inline-size: 100%;
    max-inline-size: 30rem;
    margin-inline: auto;
  }
  @media print {
    .actions {
      display: none;
    }
    .slip {
      max-inline-size: 80mm;
      margin: 0;
      padding: 0 2mm;
      border-radius: 0;
      box-shadow: none;
      background: #fff;
      color: #000;
      font-size: 10pt;
    }
    .slip :is(p, dt, dd, .chip, .proof) {
      background: none;
      color: #000;
    }
    tandem-amount {
      font-size: 20pt;
    }
  }
`;
