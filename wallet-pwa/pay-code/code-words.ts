import { say } from '../texts.ts';

export interface CodeWords {
  /** What to do with the code. */
  readonly guide: string;
  /** On the one button below it. */
  readonly leave: string;
}

/**
 * Below a code that is shown. A phone without a network cannot know what became of it: what the shop needs for it is said, and leaving is
 * no cancelling, for the till may have said "Paid" already.
 */
export function codeWords(isOnline: boolean): CodeWords {
  if (isOnline) return { guide: say('code.ready'), leave: say('code.cancel') };
  return { guide: say('code.waiting'), leave: say('outcome.done') };
}
