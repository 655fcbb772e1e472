import * as v from 'valibot';
import { BOUNDS } from '../bounds.ts';
import { ParticipantCode, ProgrammeId } from '../identifiers.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { listOf, SERIAL_BYTES, TimeSeconds } from './fields.ts';

const Version = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * Allowances that were withdrawn before their end: those from one version to another, so that a till fetches what is new alone.
 * A till that has `fromVersion` or later may add it to what it knows. It is the centre's word on the time, too.
 */
export const RevocationList = defineCentreDocument('tandem/revocation-list/v1', {
  programme: [1, ProgrammeId],
  fromVersion: [2, Version],
  /** Goes up by one with each allowance that is withdrawn; never down. */
  toVersion: [3, Version],
  /** Serials of those withdrawn after `fromVersion`, up to `toVersion`, without those that have ended meanwhile. */
  serials: [4, listOf(SERIAL_BYTES, BOUNDS.revocationsPerListMax)],
  issuedAtSeconds: [5, TimeSeconds],
  /** Who granted them: each participant counts its own versions. */
  participant: [6, ParticipantCode],
});
export type RevocationListContent = DocumentContent<(typeof RevocationList)['fields']>;
