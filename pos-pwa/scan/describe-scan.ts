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

/** What stands beside the camera's picture. @param isForSale the receipt of the sale on the counter will do as well */
export function describeScan(state: ScanState, isForSale = false): ScanWords {
  switch (state.status) {
    case 'looking':
      return {
        tone: 'plain',
        title: say('scan.looking'),
        note: say(isForSale ? 'scan.looking-note-sale' : 'scan.looking-note'),
        count: 0,
      };
    case 'half':
      return { tone: 'good', title: say('scan.half'), note: say('scan.half-note'), count: 1 };
    case 'reading':
    case 'done':
      return { tone: 'good', title: say('scan.reading'), count: 2 };
    case 'problem': {
      const { title, note } = describeProblem(state, isForSale);
      return { tone: 'problem', title, note, count: state.code === 'twin_code_incomplete' ? 1 : 0 };
    }
  }
}

function describeProblem(
  { code, about }: ScanState & { status: 'problem' },
  isForSale: boolean,
): { title: string; note: string } {
  const { text, next } = messageFor(code, 'cashier');
  if (about === 'pay-code') {
    return {
      title: say('scan.no-network'),
      note: say(isForSale ? 'scan.no-network-next-sale' : 'scan.no-network-next'),
    };
  }
  if (about === 'consent') return { title: say('scan.other-sale'), note: say('scan.other-sale-next') };
  if (about === 'receipt-refused') return { title: say('scan.receipt-refused'), note: text };
  if (about === 'receipt' && code === 'request_mismatch') {
    return { title: say('scan.other-receipt'), note: say('scan.other-receipt-next') };
  }
  if (about === 'receipt') return { title: say('scan.not-a-receipt'), note: say('scan.not-a-receipt-next') };
  return { title: text, note: next };
}
