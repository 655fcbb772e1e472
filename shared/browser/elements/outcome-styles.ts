import { css } from 'lit';

/** One field of colour over the whole window; everything on it is written in the field's own ink. */
export const outcomeStyles = css`
  :host {
    --field: var(--color-unknown);
    --on-field: var(--color-on-unknown);
    position: fixed;
    inset: 0;
    z-index: 5;
    display: flex;
    flex-direction: column;
    overflow-y: auto;
    background: var(--field);
    color: var(--on-field);
    animation: outcome-enter var(--motion-enter) var(--ease-out);
  }
  :host([kind='paid']),
  :host([kind='guaranteed']) {
    --field: var(--color-paid);
    --on-field: var(--color-on-paid);
  }
  :host([kind='not-paid']) {
    --field: var(--color-not-paid);
    --on-field: var(--color-on-not-paid);
  }
  /* A line on the field, no white around it: that would outshine the word, in the dark most of all. */
  .frame {
    position: fixed;
    inset: clamp(8px, 1.6vmin, 14px);
    border: 4px solid color-mix(in oklab, var(--on-field) 60%, var(--field));
    border-radius: clamp(14px, 3vmin, 28px);
    pointer-events: none;
  }
  .body {
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--space-3);
    padding: var(--space-10) var(--space-8) var(--space-6);
    text-align: center;
  }
  .head {
    display: contents;
  }
  .mark {
    inline-size: clamp(7.5rem, 30vmin, 15rem);
    block-size: clamp(7.5rem, 30vmin, 15rem);
    flex: none;
    margin-block-end: var(--space-2);
    fill: none;
    stroke: var(--field);
    stroke-width: 9;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark .disc {
    fill: var(--on-field);
    stroke: none;
  }
  .dot {
    fill: var(--field);
    stroke: none;
    animation: outcome-dot 1.5s ease-in-out infinite;
  }
  .dot:nth-of-type(3) {
    animation-delay: 0.2s;
  }
  .dot:nth-of-type(4) {
    animation-delay: 0.4s;
  }
  .draw {
    stroke-dasharray: 1;
    animation: outcome-draw 320ms 100ms var(--ease-out) backwards;
  }
  h1 {
    margin: 0;
    font-size: clamp(2.25rem, 1.4rem + 5vmin, 4.25rem);
    font-weight: var(--weight-bold);
    line-height: 1.05;
    letter-spacing: -0.025em;
  }
  tandem-amount {
    font-size: clamp(3.25rem, 1.5rem + 9vmin, 7.5rem);
  }
  p {
    max-inline-size: 30ch;
    margin: 0;
    font-size: clamp(1.1875rem, 1rem + 1vmin, 1.625rem);
    line-height: 1.35;
    text-wrap: balance;
  }
  .reason {
    font-weight: var(--weight-strong);
  }
  .extra {
    font-size: var(--text-l);
  }
  footer {
    --color-surface: var(--field);
    --color-text: var(--on-field);
    --color-text-quiet: var(--on-field);
    --color-accent: var(--on-field);
    /* Mixed once, at the root, from colours that are not the field's. */
    --color-accent-soft: color-mix(in oklab, var(--on-field) 13%, var(--field));
    --color-on-accent: var(--field);
    --color-mark: var(--on-field);
    --color-focus: var(--on-field);
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--space-4);
    padding: 0 var(--space-6) max(var(--space-6), env(safe-area-inset-bottom));
  }
  :host([kind='guaranteed']) footer {
    padding-block-end: max(var(--space-10), env(safe-area-inset-bottom));
  }
  .actions {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    inline-size: 100%;
    max-inline-size: var(--measure-form);
  }
  details {
    max-inline-size: var(--measure-form);
    inline-size: 100%;
    font-size: var(--text-s);
    text-align: center;
  }
  summary {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--target-min);
    padding: 0 var(--space-4);
    border-radius: var(--radius-m);
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 0.25em;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  code {
    font-family: var(--font-mono);
    overflow-wrap: anywhere;
    user-select: all;
  }
  @keyframes outcome-enter {
    from {
      opacity: 0;
    }
  }
  @keyframes outcome-draw {
    from {
      stroke-dashoffset: 1;
    }
  }
  @keyframes outcome-dot {
    30% {
      opacity: 0.25;
    }
  }
  /* A small phone: the action must not be below the fold. */
  @media (max-height: 36rem) {
    .body {
      gap: var(--space-2);
      padding-block: var(--space-6) var(--space-3);
    }
    .mark {
      inline-size: 4.5rem;
      block-size: 4.5rem;
    }
  }
  /* A code for the other side to scan is the largest thing then; the field still says from afar how it stands. */
  :host([has-picture]) .body {
    gap: var(--space-2);
    padding: var(--space-4) var(--space-4) var(--space-3);
  }
  :host([has-picture]) .head {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }
  :host([has-picture]) .mark {
    inline-size: 3rem;
    block-size: 3rem;
    margin: 0;
  }
  /* A code to be shown is no failure: beside it the dots would read as one. */
  :host([has-picture][kind='unknown']) .mark {
    display: none;
  }
  :host([has-picture]) h1 {
    font-size: clamp(1.75rem, 1.4rem + 2vmin, 2.75rem);
  }
  :host([has-picture]) tandem-amount {
    font-size: clamp(2rem, 1.25rem + 4vmin, 3.5rem);
  }
  /* One line where there is room: the code needs the height. */
  :host([has-picture]) p {
    max-inline-size: min(100%, 60ch);
  }
  :host([has-picture]) footer,
  :host([has-picture]) .actions {
    gap: var(--space-2);
  }
  .picture {
    inline-size: min(100%, 34rem, max(16rem, 100dvh - 27rem));
  }
  /* The heading says what to do, on one line of a phone. A code that three fine points a module do not fit is hard to scan. */
  :host([has-picture][kind='unknown']) h1 {
    font-size: clamp(1.5rem, 1rem + 2.6vmin, 2.75rem);
  }
  :host([has-picture][kind='unknown']) .picture {
    inline-size: min(100%, 34rem, max(17rem, 100dvh - 27rem));
  }
  /* A small phone: nothing to press lies below the fold. */
  @media (orientation: portrait) and (max-height: 42rem) {
    :host([has-picture][kind='unknown']) .body {
      padding-block: var(--space-2);
    }
    :host([has-picture][kind='unknown']) .extra {
      font-size: var(--text-m);
    }
    :host([has-picture][kind='unknown']) .actions {
      flex-direction: row;
    }
    :host([has-picture][kind='unknown']) footer {
      gap: 0;
      padding-block-end: max(var(--space-2), env(safe-area-inset-bottom));
    }
  }
  /* A phone on its side: what happened at the start, what to do at the end. */
  @media (orientation: landscape) and (max-height: 30rem) {
    :host {
      flex-direction: row;
      align-items: center;
    }
    footer {
      flex: 0 1 20rem;
      padding-block: var(--space-6);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .draw,
    .dot {
      animation: none;
    }
  }
`;
