import { css } from 'lit';

/** The ground of every screen: one column, a quiet bar above, what to do at thumb height. */
export const screenStyles = css`
  :host {
    --page-inset: max(var(--space-5), env(safe-area-inset-left), env(safe-area-inset-right));
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    min-block-size: 100dvh;
    max-inline-size: 34rem;
    margin-inline: auto;
    padding: env(safe-area-inset-top) var(--page-inset) max(var(--space-6), env(safe-area-inset-bottom));
  }
  @media (max-width: 22rem) {
    :host {
      --page-inset: var(--space-4);
    }
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: 3.75rem;
    margin-inline: calc(-1 * var(--space-2));
  }
  .bar h1 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    line-height: var(--leading-tight);
    letter-spacing: -0.015em;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    margin: 0;
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    line-height: var(--leading-tight);
    letter-spacing: -0.01em;
  }
  p {
    margin: 0;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .fill {
    flex: 1;
  }
  .foot {
    position: sticky;
    inset-block-end: 0;
    z-index: 2;
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    margin-block-start: auto;
    margin-inline: calc(-1 * var(--page-inset));
    padding: var(--space-5) var(--page-inset) max(var(--space-5), env(safe-area-inset-bottom));
    margin-block-end: calc(-1 * max(var(--space-6), env(safe-area-inset-bottom)));
    background: linear-gradient(transparent, var(--color-canvas) 1.25rem);
    pointer-events: none;
  }
  .foot > * {
    pointer-events: auto;
  }
  /* A phone lying on its side has no room for what stays on top of the content. */
  @media (orientation: landscape) and (max-height: 30rem) {
    .foot {
      position: static;
    }
  }
  @media print {
    .bar,
    .foot {
      display: none;
    }
  }
`;
