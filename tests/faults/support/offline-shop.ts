import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import { addRevocations, verifyRevocationList } from '../../../shared/protocol/offline/revocations.ts';
import {
  DEFAULT_OFFLINE_SETTINGS,
  type RevocationsAnswer,
  TERMS_VERSION,
} from '../../../shared/protocol/wire/offline.ts';
import type { AllowanceAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { type ApiClient, expectDone } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import type { EnrolledTill, EnrolledWallet } from '../../support/enrol.ts';
import { OfflinePhone } from './offline-phone.ts';
import type { KnownRevocations } from './offline-sale.ts';
import type { Administration } from './open-centre.ts';

/** So much may be paid out of one allowance here that a test seldom needs a second. */
export const GENEROUS = {
  ...DEFAULT_OFFLINE_SETTINGS,
  limitMinor: 100_000,
  paymentMaxMinor: 10_000,
  countMax: 50,
  tillTotalMinor: 1_000_000,
};

export async function saveOfflineSettings(administration: Administration, offline: object): Promise<void> {
  const settings = await administration.get<object>('settings');
  await administration.post('settings', { ...settings, offline });
}

/** The shop agrees to who bears which loss, at this till. */
export async function agreeToTerms({ client, terminal }: EnrolledTill): Promise<void> {
  const hello = {
    hello: encodeBase64url(await terminal.createHello(Date.now())),
    terminalCertificate: encodeBase64url(terminal.certificate),
  };
  expectDone(await client.post('terminals/session', hello));
  expectDone(await client.post('terminals/offline-terms', { termsVersion: TERMS_VERSION, hasAgreed: true }));
}

/** A phone that has rehearsed, with its first allowance. */
export async function openPhone(wallet: EnrolledWallet, trust: CentreTrust): Promise<OfflinePhone> {
  const phone = new OfflinePhone(wallet, trust);
  await renew(phone, true);
  return phone;
}

/** Closes the allowance there is; and has the next one granted. @param isWanted false: none */
export async function renew(phone: OfflinePhone, isWanted: boolean): Promise<void> {
  const call = await phone.createAllowanceCall(isWanted);
  await phone.adopt(expectDone(await phone.enrolled.client.post<AllowanceAnswer>('wallet/allowance', call)));
}

/** As a till fetches it: whole, and only what the centre signed. */
export async function fetchRevocations(client: ApiClient, trust: CentreTrust): Promise<KnownRevocations> {
  const { lists } = expectDone(await client.get<RevocationsAnswer>('revocations?since=0'));
  let known: ReturnType<typeof addRevocations>;
  for (const list of lists)
    known = addRevocations(known, unwrap(await verifyRevocationList(decodeBase64url(list)!, trust)));
  if (!known) throw new Error('The centre has no list.');
  return known;
}
