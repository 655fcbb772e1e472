import type { RefusalCode } from './refusals.ts';

/** A refusal is a value, never an exception: the stable code, and at most one plain sentence for support. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail?: string;
}

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

/** What every function that may refuse returns. Surprises (bugs, lost storage) are exceptions instead. */
export type Result<T> = Accepted<T> | Refusal;

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, detail?: string): Refusal {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}
