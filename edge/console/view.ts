import type { Currency } from '../../shared/protocol/currency.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';

export interface ConsoleParticipant {
  readonly code: ParticipantCode;
  readonly name: string;
}

export interface ConsoleProgramme {
  readonly id: string;
  readonly name: string;
  readonly currency: Currency;
  readonly isDemo: boolean;
  /** IANA name; days begin and times are shown by it. */
  readonly timeZone: string;
}

/** What every page of a signed-in administrator knows: who looks, at whose books, and where in the console. */
export interface ConsoleView {
  readonly programme: ConsoleProgramme;
  readonly administratorName: string;
  readonly participants: readonly ConsoleParticipant[];
  /** Whose books are shown. */
  readonly participant: ConsoleParticipant;
  /** Path of the page, to mark the place in the navigation. */
  readonly path: string;
  readonly nowMs: number;
  /** What the last form did, said once on the page it led to. */
  readonly said?: string | undefined;
}
