import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { CashierRecord } from '../storage/till-database.ts';
import type { Terminal } from './terminal.ts';

/** What this device is at the moment. */
export type TillPhase =
  | { readonly name: 'starting' }
  /** What is stored cannot be used; nothing may be charged. */
  | { readonly name: 'failed'; readonly code: RefusalCode }
  | { readonly name: 'not-activated' }
  | { readonly name: 'signed-out'; readonly terminal: Terminal }
  | { readonly name: 'open'; readonly terminal: Terminal; readonly cashier: CashierRecord };

export function terminalOf(phase: TillPhase): Terminal | undefined {
  return phase.name === 'signed-out' || phase.name === 'open' ? phase.terminal : undefined;
}

/** A cashier who is no longer listed, or whose time is over, signs in again. */
export function decidePhase(terminal: Terminal, cashier: CashierRecord | undefined, nowMs: number): TillPhase {
  const isListed = terminal.record.operators.some(({ operatorNo }) => operatorNo === cashier?.operatorNo);
  return cashier && isListed && nowMs < cashier.expiresAtMs
    ? { name: 'open', terminal, cashier }
    : { name: 'signed-out', terminal };
}
