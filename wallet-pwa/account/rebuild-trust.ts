import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import type { Account } from './account.ts';

/** The centre's keys out of what is stored: at every start all announcements are verified again. */
export async function rebuildTrust({ programme, pinnedCentreKey }: Account): Promise<CentreTrust | undefined> {
  const announcements = programme.centreKeys.map((text) => decodeBase64url(text) ?? new Uint8Array());
  const trust = await verifyCentreKeys(announcements, programme.programme, pinnedCentreKey);
  return trust.ok ? trust.value : undefined;
}
