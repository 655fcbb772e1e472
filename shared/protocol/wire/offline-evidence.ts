import * as v from 'valibot';
import { ProgrammeId } from '../identifiers.ts';
import { DocumentText } from './scalars.ts';

const Consent = v.strictObject({ authorisation: DocumentText, assertion: DocumentText });

/**
 * All that proves a double spending, in one file: anyone can check it with the centre's public keys, which are in it, and nothing
 * else (`npm run verify-evidence FILE`). Two consents that contradict each other; or one, and the closing statement that hides it.
 */
export const EvidenceFile = v.strictObject({
  format: v.literal('tandem-evidence/1'),
  programme: ProgrammeId,
  centreKeys: v.array(DocumentText),
  rpId: v.string(),
  origins: v.array(v.string()),
  walletCertificate: DocumentText,
  consents: v.pipe(v.array(Consent), v.minLength(1), v.maxLength(2)),
  closing: v.optional(DocumentText),
});
export type EvidenceFile = v.InferOutput<typeof EvidenceFile>;
