import type { AmountKey } from './amount-entry.ts';

/** The part of a keyboard event that names a key. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key of a keyboard or number block means on the pad; undefined for keys that are not the pad's. */
export function keyOf({ key, ctrlKey, metaKey, altKey }: KeyPress): AmountKey | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (/^[0-9]$/.test(key)) return { kind: 'digits', digits: key };
  switch (key) {
    case '.':
    case ',':
    case 'Decimal':
    case 'Separator':
      return { kind: 'point' };
    case 'Backspace':
      return { kind: 'backspace' };
    case 'Delete':
    case 'Clear':
    case 'Escape':
      return { kind: 'clear' };
    default:
      return undefined;
  }
}
