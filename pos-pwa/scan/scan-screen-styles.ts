import { css } from 'lit';

/** Upright: what it says, then the picture and the other ways under it. On its side: the picture at the start. */
export const scanScreenStyles = css`
  :host {
    display: grid;
    grid-template: 'head' auto 'words' auto 'picture' minmax(0, 1fr) / minmax(0, 1fr);
    gap: var(--space-3);
    box-sizing: border-box;
    block-size: 100dvh;
    min-block-size: 34rem;
    max-inline-size: 80rem;
    margin-inline: auto;
    padding: max(var(--space-2), env(safe-area-inset-top)) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
  }
  header {
    grid-area: head;
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: 3.5rem;
  }
  .back {
    flex: none;
    background: transparent;
  }
  h1 {
    flex: 1;
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    letter-spacing: -0.015em;
    line-height: 1.2;
    text-wrap: balance;
    font-variant-numeric: tabular-nums lining-nums;
  }
  .words {
    grid-area: words;
    display: flex;
    align-items: center;
    gap: var(--space-4);
    /* The longest of its sentences: the picture beneath stays where it is. */
    min-block-size: 7.25rem;
    padding: var(--space-3) var(--space-5);
    border-radius: var(--radius-l);
    background: var(--color-surface);
    box-shadow: var(--elevation-1);
    line-height: 1.3;
  }
  .words strong {
    display: block;
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    text-wrap: balance;
  }
  .note {
    display: block;
    margin-block-start: var(--space-1);
    font-size: var(--text-s);
  }
  .words.problem {
    background: var(--color-not-paid);
    color: var(--color-on-not-paid);
  }
  .marks {
    --icon-size: 1.25rem;
    flex: none;
    display: flex;
    gap: var(--space-2);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    border: 2px solid currentcolor;
    border-radius: var(--radius-s);
    opacity: 0.55;
  }
  .mark tandem-icon {
    visibility: hidden;
  }
  .mark.in {
    border-color: var(--color-paid);
    background: var(--color-paid);
    color: var(--color-on-paid);
    opacity: 1;
  }
  .mark.in tandem-icon {
    visibility: visible;
  }
  .problem .mark.in {
    border-color: currentcolor;
    background: transparent;
    color: inherit;
  }
  tandem-scanner {
    grid-area: picture;
  }
  .over {
    grid-area: words / words / picture;
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: var(--space-3);
    text-align: center;
  }
  .over h2 {
    margin: 0;
    font-size: var(--text-2xl);
    font-weight: var(--weight-bold);
    letter-spacing: -0.02em;
    line-height: var(--leading-tight);
    text-wrap: balance;
  }
  .over p {
    font-size: var(--text-l);
    text-wrap: balance;
  }
  .over .actions {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    inline-size: 100%;
    max-inline-size: var(--measure-form);
    margin: var(--space-8) auto 0;
  }
  @media (orientation: landscape) and (min-width: 44rem) {
    :host {
      grid-template: 'head head' auto 'picture words' minmax(0, 1fr) / minmax(0, 1fr) clamp(15rem, 28vw, 24rem);
      column-gap: var(--space-5);
      min-block-size: 22rem;
    }
    .words {
      flex-direction: column;
      justify-content: center;
      align-self: center;
      gap: var(--space-5);
      min-block-size: 18rem;
      padding: var(--space-6) var(--space-5);
      text-align: center;
    }
    .words strong {
      font-size: var(--text-xl);
    }
    .note {
      font-size: var(--text-m);
    }
    .marks {
      --icon-size: 2rem;
      gap: var(--space-4);
    }
    .mark {
      inline-size: 3.5rem;
      block-size: 3.5rem;
      border-radius: var(--radius-m);
    }
    .over {
      grid-area: picture / picture / words / words;
    }
  }
`;
