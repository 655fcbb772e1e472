import { css } from 'lit';

/** First run and sign-in: one column of form width in the middle of whatever the screen is. */
export const welcomeStyles = css`
  :host {
    display: grid;
    place-items: center;
    box-sizing: border-box;
    min-block-size: 100dvh;
    padding: max(var(--space-6), env(safe-area-inset-top)) var(--space-5)
      max(var(--space-6), env(safe-area-inset-bottom));
  }
  main {
    display: flex;
    flex-direction: column;
    gap: var(--space-6);
    inline-size: 100%;
    max-inline-size: var(--measure-form);
  }
  .head {
    display: grid;
    justify-items: center;
    gap: var(--space-2);
    text-align: center;
    --icon-size: 3rem;
    --icon-stroke: 1.5;
  }
  h1 {
    font-size: var(--text-2xl);
    font-weight: var(--weight-bold);
    line-height: var(--leading-tight);
    letter-spacing: -0.02em;
    text-wrap: balance;
  }
  p {
    text-wrap: balance;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
  }
  .field .help,
  .field .error {
    min-block-size: 2.9em;
  }
  .error {
    color: var(--color-danger);
  }
`;
