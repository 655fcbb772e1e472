import { css } from 'lit';

/**
 * Upright: amount, keys, button, last sale, from the eyes down to the thumb. On its side (tablet on a stand): amount and
 * last sale at the start, keys and button at the end.
 */
export const padStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    min-block-size: 100dvh;
    max-inline-size: 80rem;
    margin-inline: auto;
    padding: max(var(--space-2), env(safe-area-inset-top)) var(--space-5) max(var(--space-4), env(safe-area-inset-bottom));
  }
  .till {
    flex: 1;
    display: grid;
    grid-template: 'amount' auto 'keys' minmax(0, 1fr) 'charge' auto 'last' auto / minmax(0, 1fr);
    gap: var(--space-3);
    inline-size: 100%;
    max-inline-size: 36rem;
    margin-inline: auto;
  }
  .amount {
    grid-area: amount;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    padding-block: clamp(0rem, 2.5vh, 2.5rem) 0;
    text-align: center;
  }
  h1 {
    color: var(--color-text-quiet);
    font-size: var(--text-s);
    font-weight: var(--weight-regular);
    letter-spacing: 0;
  }
  .figure {
    display: grid;
    place-items: center;
    min-block-size: 1.3em;
    font-size: clamp(3rem, min(15vmin, 9vh), 7rem);
  }
  .figure tandem-amount {
    font-size: inherit;
  }
  .figure.zero {
    color: color-mix(in oklab, var(--color-text) 52%, var(--color-canvas));
  }
  .problem {
    min-block-size: clamp(1.45em, 4.5vh, 2.9em);
    max-inline-size: 26rem;
    color: var(--color-not-paid-text);
    font-size: var(--text-s);
    font-weight: var(--weight-medium);
    text-wrap: balance;
  }
  pos-amount-pad {
    grid-area: keys;
    min-block-size: clamp(13.5rem, 42vh, 22rem);
    max-block-size: 34rem;
  }
  .ways {
    grid-area: charge;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--space-3);
  }
  .charge {
    min-block-size: 4.25rem;
    padding-inline: var(--space-3);
    font-size: clamp(1.25rem, 3.2vmin, 1.625rem);
    font-variant-numeric: tabular-nums lining-nums;
  }
  /* As wide as the longer of its two names: what was scanned moves nothing. */
  .scan {
    --icon-size: 1.5rem;
    flex-direction: column;
    gap: var(--space-1);
    inline-size: 8rem;
    min-block-size: 4.25rem;
    padding: var(--space-2) var(--space-1);
    border-radius: var(--radius-l);
    font-size: var(--text-s);
  }
  slot[name='last']::slotted(*) {
    grid-area: last;
  }

  @media (orientation: landscape) and (min-width: 44rem) {
    :host {
      padding-inline: clamp(1.25rem, 3vw, 3rem);
    }
    .till {
      grid-template:
        'amount keys' minmax(0, 1fr)
        'last charge' auto / minmax(0, 1fr) minmax(20rem, 44%);
      column-gap: clamp(1.5rem, 5vw, 5rem);
      row-gap: var(--space-4);
      max-inline-size: none;
      padding-block-start: var(--space-2);
    }
    .amount {
      padding: 0;
    }
    .figure {
      font-size: clamp(3rem, 8.5vw, 8rem);
    }
    pos-amount-pad {
      min-block-size: 0;
      max-block-size: none;
    }
  }
`;
