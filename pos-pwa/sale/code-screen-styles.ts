import { css } from 'lit';

/** On its side: code at the start, words at the end. Upright: amount, code, words, from the eyes down to the thumb. */
export const codeScreenStyles = css`
  :host {
    display: grid;
    --edge: clamp(1rem, 1.6vw, 3rem);
    --between: clamp(1.25rem, 2vw, 4rem);
    --side: clamp(16.25rem, 26vw, 26rem);
    grid-template: 'plate side' minmax(0, 1fr) / auto var(--side);
    justify-content: center;
    align-items: center;
    gap: var(--between);
    box-sizing: border-box;
    min-block-size: 100dvh;
    padding: max(var(--edge), env(safe-area-inset-top)) var(--edge) max(var(--edge), env(safe-area-inset-bottom));
  }
  .plate {
    grid-area: plate;
    position: relative;
    inline-size: min(100dvh - 2 * var(--edge), 100vw - 2 * var(--edge) - var(--between) - var(--side));
  }
  tandem-code {
    --code-size: 100%;
  }
  .over {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--space-8);
    color: #12151a;
    font-size: var(--text-xl);
    font-weight: var(--weight-bold);
    text-align: center;
    text-wrap: balance;
  }
  .facts-side {
    grid-area: side;
    display: flex;
    flex-direction: column;
    gap: var(--space-5);
    block-size: 100%;
    min-block-size: 0;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
  }
  h1 {
    color: var(--color-text-quiet);
    font-size: var(--text-l);
    font-weight: var(--weight-medium);
    letter-spacing: 0;
  }
  tandem-amount {
    font-size: clamp(3rem, 6vw, 5rem);
  }
  .status {
    /* The longest of its sentences: what it says next moves nothing. */
    min-block-size: 9.75rem;
  }
  .facts {
    column-gap: var(--space-4);
  }
  .left {
    font-weight: var(--weight-bold);
  }
  /* Read out over the counter: large enough, never broken, so on a line of its own. */
  .facts > .trace {
    margin-block-start: calc(-1 * var(--space-2));
    font-weight: var(--weight-medium);
    white-space: nowrap;
  }
  .number,
  .facts > .trace {
    grid-column: 1 / -1;
  }
  .copy {
    --icon-size: 1.25rem;
    font-size: var(--text-s);
  }
  .brightness {
    display: none;
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    text-align: center;
  }
  .actions {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    margin-block-start: auto;
  }
  .decide {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
  }
  .scan {
    min-block-size: 3.75rem;
    border-radius: var(--radius-l);
  }

  /* A phone on its side: the code stays in view while the words beside it are scrolled. */
  @media (orientation: landscape) and (max-height: 36rem) {
    .plate {
      position: sticky;
      inset-block-start: var(--edge);
      align-self: start;
    }
  }
  @media (orientation: portrait), (max-width: 44rem) {
    :host {
      grid-template:
        'head' auto
        'plate' auto
        'status' auto
        'facts' auto
        'hint' auto
        'actions' minmax(min-content, 1fr) / minmax(0, 40rem);
      align-items: start;
      gap: var(--space-2);
      padding: max(var(--space-2), env(safe-area-inset-top)) var(--space-4)
        max(var(--space-4), env(safe-area-inset-bottom));
    }
    .facts-side {
      display: contents;
    }
    header {
      grid-area: head;
      align-items: center;
      gap: var(--space-1);
      text-align: center;
    }
    .plate {
      justify-self: center;
      inline-size: min(100%, max(18rem, 100dvh - 31.5rem));
    }
    .status {
      grid-area: status;
      min-block-size: 7rem;
    }
    .facts {
      grid-area: facts;
      row-gap: var(--space-1);
    }
    .facts > .trace {
      margin: 0;
    }
    .brightness {
      grid-area: hint;
    }
    .actions {
      grid-area: actions;
      align-self: end;
      gap: var(--space-1);
    }
    .decide {
      flex-direction: row;
    }
    .decide .button {
      padding-inline: var(--space-2);
      font-size: var(--text-m);
      text-wrap: balance;
    }
  }
  @media (orientation: portrait) and (min-width: 40rem) {
    :host {
      grid-template:
        'head head' auto
        'plate plate' auto
        'status facts' auto
        'actions actions' minmax(min-content, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
      column-gap: var(--space-6);
      padding-inline: clamp(1rem, 6vw, 4rem);
    }
    .plate {
      inline-size: min(100%, 100dvh - 25rem);
    }
    .status {
      align-self: stretch;
    }
    .facts {
      align-content: center;
    }
  }
  @media (max-width: 22.5rem) {
    .status {
      min-block-size: 8.25rem;
    }
  }
  @media (max-width: 20.5rem) {
    .status {
      min-block-size: 9.25rem;
    }
  }
  @media (max-width: 30rem) and (min-height: 58rem) {
    .brightness {
      display: block;
    }
  }
`;
