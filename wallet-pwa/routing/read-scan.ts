import { parseCodeLink } from '../../shared/protocol/codes/code-link.ts';
import { parseDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import { readLaunch } from './read-launch.ts';

/** What a scanned text is for. Nothing is ever navigated to: a card's link is taken for its code, a till's answer for what it is, all else for a payment. */
export type Scan =
  | { readonly kind: 'claim'; readonly code: string }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'payment'; readonly text: string };

export function readScan(text: string): Scan {
  const address = text.trim();
  const launch = URL.canParse(address) ? readLaunch(new URL(address)) : undefined;
  if (launch?.kind === 'claim') return launch;
  return { kind: parseDocumentCode('acceptance', text).ok ? 'answer' : 'payment', text };
}

/** Whether a text from the clipboard is worth opening without another tap: a link of ours. A single word may be anything. */
export function isScanLink(text: string): boolean {
  const address = text.trim();
  return URL.canParse(address) && (readScan(address).kind === 'claim' || parseCodeLink(address).ok);
}
