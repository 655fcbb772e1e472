import { css } from 'lit';

/** The scanner is a dark window in both themes: what counts in it is the camera's picture. Without one it is no window. */
export const scannerStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .view {
    position: relative;
    flex: 1 1 auto;
    display: grid;
    place-items: center;
    inline-size: 100%;
    min-block-size: min(22rem, 60dvh);
    border-radius: var(--radius-xl);
    background: #101318;
    color: #fff;
    overflow: hidden;
    container-type: size;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  /* A screen is looked at whole; a camera fills its window. */
  .screen video {
    object-fit: contain;
  }
  .screen .guide {
    display: none;
  }
  .guide {
    position: relative;
    /* Room for the words beneath it, in whatever shape the window has. */
    inline-size: max(6rem, min(80cqi, 100cqb - 7.5rem, 24rem));
    aspect-ratio: 1;
    margin-block-end: 2.5rem;
    border-radius: var(--radius-xl);
    /* Everything outside the guide a shade darker. */
    box-shadow: 0 0 0 100vmax rgb(8 10 13 / 45%);
  }
  .guide i {
    position: absolute;
    inline-size: 18%;
    block-size: 18%;
    border: 0 solid #fff;
    transition: border-color var(--motion-quick);
  }
  .guide i:nth-child(1) {
    inset-block-start: 0;
    left: 0;
    border-width: 4px 0 0 4px;
    border-top-left-radius: var(--radius-xl);
  }
  .guide i:nth-child(2) {
    inset-block-start: 0;
    right: 0;
    border-width: 4px 4px 0 0;
    border-top-right-radius: var(--radius-xl);
  }
  .guide i:nth-child(3) {
    inset-block-end: 0;
    left: 0;
    border-width: 0 0 4px 4px;
    border-bottom-left-radius: var(--radius-xl);
  }
  .guide i:nth-child(4) {
    inset-block-end: 0;
    right: 0;
    border-width: 0 4px 4px 0;
    border-bottom-right-radius: var(--radius-xl);
  }
  .seen .guide i {
    border-color: #5fd89b;
  }
  .tools {
    position: absolute;
    inset-block-start: var(--space-4);
    inset-inline-end: var(--space-4);
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
  }
  .tools .button {
    background: rgb(16 19 24 / 72%);
    color: #fff;
  }
  .tools .button[aria-pressed='true'] {
    background: #fff;
    color: #101318;
  }
  .status {
    position: absolute;
    inset-block-end: var(--space-4);
    max-inline-size: calc(100% - 2rem);
    margin: 0;
    padding: var(--space-2) var(--space-4);
    border-radius: var(--radius-round);
    background: rgb(16 19 24 / 78%);
    color: #fff;
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    line-height: 1.3;
    text-align: center;
  }
  .status:empty {
    display: none;
  }
  .seen .status {
    background: #5fd89b;
    color: #04150c;
  }
  .blind {
    background: var(--color-surface);
    color: var(--color-text);
    box-shadow: var(--elevation-1);
  }
  .blind video,
  .blind .status {
    display: none;
  }
  .refused {
    --icon-size: 2.5rem;
    display: grid;
    justify-items: center;
    gap: var(--space-3);
    padding: var(--space-6);
    text-align: center;
  }
  .refused tandem-icon {
    color: var(--color-text-quiet);
  }
  .refused p {
    max-inline-size: 32ch;
    margin: 0;
    color: var(--color-text-quiet);
  }
  .refused .what {
    color: var(--color-text);
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
    line-height: 1.25;
  }
  .refused .button {
    margin-block-start: var(--space-2);
  }
  /* Another way is open already: what the camera lacks takes one line, and the room goes to the text. */
  .blind.beside {
    flex: none;
    min-block-size: 0;
    container-type: normal;
  }
  .beside .refused {
    grid-template-columns: 1fr auto;
    align-items: center;
    inline-size: 100%;
    padding: var(--space-3) var(--space-4);
    text-align: start;
  }
  .beside .refused .what {
    justify-self: start;
    font-size: var(--text-m);
  }
  .beside .refused .button {
    margin: 0;
  }
  .beside .refused tandem-icon,
  .beside .refused .next {
    display: none;
  }
  .blind.beside + form.text {
    flex: 1;
  }
  .drop {
    position: absolute;
    inset: var(--space-3);
    display: grid;
    place-items: center;
    border: 3px dashed #fff;
    border-radius: var(--radius-l);
    background: rgb(16 19 24 / 82%);
    font-size: var(--text-l);
    font-weight: var(--weight-bold);
  }
  .ways {
    display: grid;
    /* Four beside each other down to 320 px; two by two in letters twice the size. */
    grid-template-columns: repeat(auto-fit, minmax(3.75rem, 1fr));
    gap: var(--space-2);
  }
  .way {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--space-1);
    min-inline-size: 0;
    min-block-size: 4rem;
    padding: var(--space-2) var(--space-1);
    border: 0;
    border-radius: var(--radius-m);
    background: transparent;
    color: var(--color-text-quiet);
    font: inherit;
    font-size: var(--text-xs);
    font-weight: var(--weight-medium);
    line-height: 1.2;
    text-align: center;
    cursor: pointer;
  }
  .way:hover {
    background: color-mix(in oklab, var(--color-text) 6%, transparent);
  }
  .way[aria-pressed='true'] {
    background: color-mix(in oklab, var(--color-text) 9%, transparent);
    color: var(--color-text);
  }
  /* A phone on its side: the other ways stand beside the picture. */
  @media (orientation: landscape) and (max-height: 30rem) {
    :host {
      flex-direction: row;
    }
    .view {
      min-block-size: 0;
      inline-size: auto;
    }
    .ways {
      grid-auto-flow: row;
      grid-auto-columns: 6rem;
      align-content: center;
    }
    .way {
      min-block-size: 3.5rem;
    }
  }
  .file {
    display: none;
  }
  form.text {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
  }
  textarea {
    resize: vertical;
    font-family: var(--font-mono);
    font-size: var(--text-s);
  }
`;
