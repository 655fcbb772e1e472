import { css } from 'lit';

/** One column on a phone; lying down, the cards stand beside what happened lately. */
export const homeStyles = css`
  :host {
    gap: var(--space-3);
  }
  .who {
    display: flex;
    flex: 1;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    min-inline-size: 0;
    padding-inline-start: var(--space-2);
  }
  @media (max-width: 17rem) {
    .who {
      flex-wrap: wrap;
    }
  }
  .who h1 {
    flex: 0 1 auto;
    /* In one line beside a demo's switch, on a phone as well. */
    font-size: clamp(1rem, 4.6vi, var(--text-l));
    overflow-wrap: anywhere;
  }
  .under {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-1) var(--space-3);
    min-block-size: var(--target-min);
    margin-block-start: var(--space-1);
  }
  .under .button {
    margin-inline-end: calc(-1 * var(--space-4));
  }
  /* Room for its words is kept, in one line or two: the list below does not move when there is something to say. */
  .offline {
    min-block-size: var(--target-min);
  }
  .offline .button {
    justify-content: start;
    margin-inline-start: calc(-1 * var(--space-4));
    padding-block: 0;
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    text-align: start;
    white-space: normal;
  }
  .recent {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
  }
  .recent header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    min-block-size: var(--target-min);
  }
  .recent header .button {
    margin-inline-end: calc(-1 * var(--space-4));
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-2) var(--space-3);
    padding: var(--space-3) var(--space-3) var(--space-3) var(--space-5);
    border-radius: var(--radius-l);
    background: var(--color-accent-soft);
  }
  .notice p {
    flex: 1 1 14rem;
    padding-block: var(--space-1);
  }
  .notice .button:not(.text) {
    background: var(--color-surface);
  }
  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
    gap: var(--space-3);
  }
  .ways .button {
    --icon-size: 1.25rem;
    padding-inline: var(--space-1);
    font-size: var(--text-m);
  }
  /* The words stay on one line: on a narrow phone the sign goes above them. */
  @media (max-width: 22rem) {
    .ways .button {
      flex-direction: column;
      gap: var(--space-1);
      padding-block: var(--space-3);
    }
  }
  .empty {
    padding-block: var(--space-8);
  }
  .empty strong {
    color: var(--color-text);
    font-size: var(--text-l);
  }
  @media (orientation: landscape) and (min-width: 40rem) {
    :host {
      display: grid;
      grid-template-columns: minmax(17rem, 24rem) minmax(0, 1fr);
      grid-template-rows: auto auto 1fr;
      gap: 0 var(--space-8);
      align-items: start;
      max-inline-size: 64rem;
    }
    .bar {
      grid-column: 1 / -1;
    }
    .foot {
      position: sticky;
      grid-column: 1;
      grid-row: 3;
      align-self: end;
      margin-inline: 0;
      padding-inline: 0;
    }
    /* A laptop has no thumb to reach for: the button stays with the card. */
    @media (min-height: 40rem) {
      .foot {
        align-self: start;
        margin-block-start: var(--space-2);
      }
    }
    .recent {
      grid-column: 2;
      grid-row: 2 / 4;
    }
  }
`;
