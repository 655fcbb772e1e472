import { css } from 'lit';

/** What every screen of the till begins with, inside its shadow root. */
export const screenStyles = css`
  :is(h1, h2, p, ul, dl, dd) {
    margin: 0;
  }
  p {
    text-wrap: pretty;
  }
  /* Headings are given the focus when their screen comes up; nobody can act on them, so nothing is marked. */
  h1:focus-visible {
    outline: none;
  }
`;
