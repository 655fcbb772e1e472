import * as v from 'valibot';
import { ProgrammeId } from '../identifiers.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { PublicKey, TimeMs } from './fields.ts';

/**
 * Announces a centre key. The first is signed by itself and pinned at enrolment; each further one is signed by the one
 * before, so a device that knows any older key can follow the chain.
 */
export const CentreKey = defineCentreDocument('tandem/centre-key/v1', {
  programme: [1, ProgrammeId],
  /** 1 for the first key; +1 with each rotation. */
  generation: [2, v.pipe(v.number(), v.safeInteger(), v.minValue(1))],
  publicKey: [3, PublicKey],
  validFromMs: [4, TimeMs],
});
export type CentreKeyContent = DocumentContent<(typeof CentreKey)['fields']>;
