import { css } from 'lit';

/** Of the lines and choices in the settings. */
export const settingsStyles = css`
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3) var(--space-4);
  }
  .line .main {
    flex: 1;
    min-inline-size: 10rem;
  }
  .note {
    display: block;
    color: var(--color-text-quiet);
    font-size: var(--text-s);
  }
  .choice {
    display: flex;
    inline-size: 100%;
    max-inline-size: var(--measure-form);
    padding: var(--space-1);
    border-radius: var(--radius-l);
    background: var(--color-sunken);
  }
  .choice label {
    position: relative;
    flex: 1;
    display: grid;
    place-items: center;
    min-block-size: var(--target-min);
    padding: 0 var(--space-2);
    border-radius: var(--radius-m);
    text-align: center;
    cursor: pointer;
  }
  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    background: var(--color-raised);
    box-shadow: var(--elevation-1);
    font-weight: var(--weight-medium);
  }
  .choice label:has(:focus-visible) {
    outline: 3px solid var(--color-focus);
    outline-offset: 1px;
  }
  .button.reset:not(:disabled) {
    color: var(--color-danger);
    padding-inline: 0;
  }
`;
