import { encodeHex, splitBytes } from '../bytes.ts';
import { type CentreTrust, verifyCentreDocument } from '../centre-trust.ts';
import { SERIAL_BYTES } from '../documents/fields.ts';
import { RevocationList, type RevocationListContent } from '../documents/revocation-list.ts';
import type { ParticipantCode } from '../identifiers.ts';
import { accept, type Result, refuse } from '../result.ts';

/** What a device knows of withdrawn allowances. */
export interface Revocations {
  readonly version: number;
  /** When the centre signed the newest list that was added: until then this is all there is. */
  readonly issuedAtMs: number;
  /** Serials in hex. */
  readonly serials: ReadonlySet<string>;
}

/**
 * @param participant whose list it has to be: another's versions say nothing of its own. Left out: anybody's, to carry it along
 * Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch` (or another participant's).
 */
export async function verifyRevocationList(
  bytes: Uint8Array,
  trust: CentreTrust,
  participant?: ParticipantCode,
): Promise<Result<RevocationListContent>> {
  const verified = await verifyCentreDocument(RevocationList, bytes, trust);
  if (!verified.ok) return verified;
  const { content } = verified.value;
  const isAnothers = participant !== undefined && content.participant !== participant;
  return isAnothers ? refuse('programme_mismatch') : accept(content);
}

/**
 * Adds a verified list, wherever it came from. An older one changes nothing, and neither does one that begins after what is
 * known: something between would be missing. Several lists of one answer may be of the same moment.
 */
export function addRevocations(known: Revocations | undefined, list: RevocationListContent): Revocations | undefined {
  const { version, issuedAtMs, serials } = known ?? { version: 0, issuedAtMs: -1, serials: [] };
  const listIssuedAtMs = list.issuedAtSeconds * 1000;
  const isJoined = list.fromVersion <= version;
  const isNews = list.toVersion > version || (list.toVersion === version && listIssuedAtMs > issuedAtMs);
  if (!isJoined || !isNews) return known;
  const added = splitBytes(list.serials, SERIAL_BYTES).map(encodeHex);
  return {
    version: list.toVersion,
    issuedAtMs: Math.max(issuedAtMs, listIssuedAtMs),
    serials: new Set([...serials, ...added]),
  };
}
