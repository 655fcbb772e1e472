import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import type { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { Ceremony } from '../security/ceremonies.ts';

/** A ceremony as an app gets it: its id says whose object holds it. */
export function createCeremonyAnswer(
  participant: ParticipantCode,
  ceremony: Ceremony,
  options: { challenge: string },
): CeremonyAnswer {
  return { ceremony: `${participant}.${ceremony.id}`, options: { ...options } };
}

export interface CeremonyReference {
  readonly participant: string;
  readonly ceremonyId: string;
}

/** @returns undefined for what no answer of ours ever said */
export function parseCeremonyReference(text: string): CeremonyReference | undefined {
  const match = /^([0-9]{6})\.([A-Za-z0-9_-]{22})$/.exec(text);
  return match ? { participant: match[1]!, ceremonyId: match[2]! } : undefined;
}
