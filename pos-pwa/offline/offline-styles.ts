import { css } from 'lit';

/** Of the page about selling without network, and of its parts. */
export const offlineStyles = css`
  /* To be seen beside what it agrees to, however long that is. */
  .foot {
    position: sticky;
    inset-block-end: 0;
    inline-size: 100%;
    padding-block: var(--space-3);
    background: var(--color-canvas);
  }
  @media (max-height: 30rem) {
    .foot {
      position: static;
    }
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    text-align: start;
  }
  th,
  td {
    padding: var(--space-3) var(--space-4);
    border-block-end: 1px solid var(--color-line);
    text-align: start;
    vertical-align: top;
  }
  table.card {
    padding: 0;
  }
  tr:last-child :is(th, td) {
    border: 0;
  }
  thead th {
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
  }
  tbody th {
    inline-size: 50%;
    font-weight: var(--weight-regular);
  }
  td {
    font-weight: var(--weight-medium);
  }
  ul {
    inline-size: 100%;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 var(--space-4);
    padding-block: var(--space-2);
    border-block-end: 1px solid var(--color-line);
  }
  progress {
    inline-size: 100%;
  }
`;
