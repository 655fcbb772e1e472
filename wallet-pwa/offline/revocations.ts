import { type Bytes, decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { verifyRevocationList } from '../../shared/protocol/offline/revocations.ts';
import type { RevocationsAnswer } from '../../shared/protocol/wire/offline.ts';

/** The newest list of withdrawn allowances that a till can use whatever it knew before; carried to tills without a network. */
export interface CarriedRevocations {
  /** COSE_Sign1 of a `RevocationList` that begins at version 0. */
  readonly document: Bytes;
  readonly issuedAtMs: number;
}

/**
 * What to carry from now on: the one list that says all of it. Several lists would not fit into a code.
 * @returns what is carried already where the answer holds nothing newer that is signed by the centre
 */
export async function pickRevocations(
  known: CarriedRevocations | undefined,
  { lists }: RevocationsAnswer,
  trust: CentreTrust,
): Promise<CarriedRevocations | undefined> {
  const [text] = lists;
  const document = text === undefined || lists.length > 1 ? undefined : decodeBase64url(text);
  const list = document && (await verifyRevocationList(document, trust));
  if (!document || !list?.ok || list.value.fromVersion !== 0) return known;
  const issuedAtMs = list.value.issuedAtSeconds * 1000;
  return issuedAtMs > (known?.issuedAtMs ?? -1) ? { document, issuedAtMs } : known;
}
