import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { say } from '../say.ts';
import type { ScanState } from './scan-state.ts';

export interface ScanWords {
  readonly tone: 'plain' | 'good' | 'problem';
  readonly title: string;
  readonly note?: string;
  /** Of the two codes, how many are in. */
  readonly count: 0 | 1 | 2;
}

/** What stands beside the camera's picture. */
export function describeScan(state: ScanState): ScanWords {
  switch (state.status) {
    case 'looking':
      return { tone: 'plain', title: say('scan.looking'), note: say('scan.looking-note'), count: 0 };
    case 'half':
      return { tone: 'good', title: say('scan.half'), note: say('scan.half-note'), count: 1 };
    case 'reading':
    case 'done':
      return { tone: 'good', title: say('scan.reading'), count: 2 };
    case 'problem': {
      const { text, next } = messageFor(state.code, 'cashier');
      return { tone: 'problem', title: text, note: next, count: state.code === 'twin_code_incomplete' ? 1 : 0 };
    }
  }
}
