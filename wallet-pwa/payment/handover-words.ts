import { say } from '../texts.ts';

export interface HandoverWords {
  readonly headline: string;
  /** Small, beside the code. */
  readonly note: string | undefined;
}

/** What to do comes first; why comes small. Once the till cannot scan it any more, nobody is told to show anything. */
export function handoverWords(isOver: boolean): HandoverWords {
  if (isOver) return { headline: say('handover.no-network'), note: undefined };
  return { headline: say('handover.show'), note: say('handover.no-network') };
}
