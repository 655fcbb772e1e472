import { css } from 'lit';

/** Of the lines and choices in the settings. */
export const settingsStyles = css`
  .rows {
    margin: 0;
  }
  .row:has(.value) {
    flex-wrap: wrap;
    gap: 0 var(--space-4);
  }
  .row:has(.value) > .main {
    flex: 0 1 auto;
  }
  /* One that leads on keeps its arrow beside it. */
  a.row:has(.value) {
    flex-wrap: nowrap;
    gap: var(--space-3);
  }
  .value {
    flex: 1 1 7rem;
    min-inline-size: 0;
    color: var(--color-text-quiet);
    text-align: end;
    overflow-wrap: anywhere;
  }
  .themes {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(5.25rem, 1fr));
    gap: var(--space-1);
    margin: 0;
    padding: var(--space-1);
    border: 0;
    border-radius: var(--radius-l);
    background: color-mix(in oklab, var(--color-text) 7%, var(--color-canvas));
  }
  .themes label {
    display: grid;
    place-items: center;
    min-block-size: var(--target-min);
    padding-inline: var(--space-1);
    border-radius: var(--radius-m);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    text-align: center;
    cursor: pointer;
  }
  .themes label:has(:checked) {
    background: light-dark(#ffffff, #3a404a);
    box-shadow: var(--elevation-1);
  }
  .themes label:has(:focus-visible) {
    outline: 3px solid var(--color-focus);
    outline-offset: 2px;
  }
  details {
    border-block-start: 1px solid var(--color-line);
  }
  details:first-child {
    border: 0;
  }
  summary {
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary tandem-icon {
    --icon-size: 1.25rem;
    color: var(--color-text-quiet);
  }
  details[open] summary tandem-icon {
    transform: scaleY(-1);
  }
  details > ol,
  details > ul {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    margin: 0;
    padding: 0 var(--space-5) var(--space-5) var(--space-10);
    color: var(--color-text-quiet);
  }
  details > ul {
    list-style: disc;
  }
  .support {
    padding: 0 var(--space-5) var(--space-5);
  }
  .support pre {
    margin: 0 0 var(--space-3);
    padding: var(--space-4);
    border-radius: var(--radius-m);
    background: var(--color-canvas);
    font-family: var(--font-mono);
    font-size: var(--text-xs);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .out {
    min-block-size: 6rem;
  }
  .out p {
    padding-inline: var(--space-1);
  }
`;
