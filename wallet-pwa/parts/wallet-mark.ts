import { svg } from 'lit';

/** Two frames that interlock: a till and a phone, and the two codes they show each other. Drawn with currentcolor. */
export const walletMark = svg`<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="4.5" aria-hidden="true">
  <rect x="4.5" y="4.5" width="26" height="26" rx="8" />
  <path d="M36.5 17.6a8 8 0 0 1 7 7.9v10a8 8 0 0 1-8 8h-10a8 8 0 0 1-7.9-7" stroke-linecap="round" />
  <rect x="13" y="13" width="9" height="9" rx="2.75" fill="currentColor" stroke="none" />
</svg>`;
