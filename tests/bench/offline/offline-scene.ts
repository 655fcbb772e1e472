import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { AuthorisationPayload } from '../../../shared/protocol/codes/authorisation-payload.ts';
import { encodeContent, hashContent, signDocument } from '../../../shared/protocol/documents/document.ts';
import { RevocationList } from '../../../shared/protocol/documents/revocation-list.ts';
import { WalletCertificate } from '../../../shared/protocol/documents/wallet-certificate.ts';
import { allowanceOf } from '../../../shared/protocol/offline/allowance.ts';
import { type ChainHead, nextPlace, startOfChain } from '../../../shared/protocol/offline/chain.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import { createAuthorisation } from '../../../shared/protocol/payment/create-authorisation.ts';
import type { CreatedRequest } from '../../../shared/protocol/payment/create-request.ts';
import {
  createTestTerminal,
  createTestWallet,
  type TestTerminal,
  type TestWallet,
  unwrap,
} from '../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';

/** Members that Chromium was seen to add to clientDataJSON, at their longest. */
const LONGEST_SUFFIX =
  ',"other_keys_can_be_added_here":"do not compare clientDataJSON against a template. See https://goo.gl/yabPex"';

/** Making hundreds ahead of the clock takes a while. */
const LONG = { validForSeconds: BOUNDS.requestValidSecondsMax };

export interface OfflineSceneOptions {
  readonly nowMs: number;
  readonly origin: string;
  /** The phone has an allowance, of so much. */
  readonly limitMinor?: number;
  readonly countMax?: number;
  /** Another customer of the same till. */
  readonly beside?: Pick<OfflineScene, 'centre' | 'terminal'> | undefined;
}

/** A centre's key, a till and a phone with an allowance, all without network: the same in Node and in a browser. */
export interface OfflineScene {
  readonly centre: TestCentre;
  readonly terminal: TestTerminal;
  readonly wallet: TestWallet;
  /** A request of the till and the phone's consent to it, in the next place of its chain. */
  consent(amountMinor: number, options?: { readonly hasLongClientData?: boolean }): Promise<OfflineConsent>;
  /** The centre's word on so many withdrawn allowances, none of them this one. */
  revocations(count: number): Promise<Bytes>;
}

export interface OfflineConsent {
  readonly request: CreatedRequest;
  readonly payload: AuthorisationPayload;
  readonly hash: Bytes;
}

export async function createOfflineScene(options: OfflineSceneOptions): Promise<OfflineScene> {
  const { nowMs, origin, limitMinor, countMax = 5 } = options;
  const issuedAtSeconds = Math.floor(nowMs / 1000);
  const { centre, terminal } = options.beside ?? (await openTill(nowMs));
  const wallet = await createTestWallet(origin);
  const keys = {
    accountToken: crypto.getRandomValues(new Uint8Array(16)),
    devicePublicKey: wallet.deviceKey.publicKey,
    passkeyPublicKey: wallet.authenticator.publicKey,
  };
  const allowance = {
    allowanceLimitMinor: limitMinor as AmountMinor,
    allowancePaymentMaxMinor: limitMinor as AmountMinor,
    allowanceCountMax: countMax,
    allowanceExpiresAtSeconds: issuedAtSeconds + 24 * 3600,
  };
  await wallet.adopt(await centre.certifyWallet(keys, limitMinor === undefined ? {} : allowance), centre.trust);
  const granted = allowanceOf(wallet.trusted.content);
  const certificate = encodeContent(WalletCertificate, wallet.trusted.content);
  let head: ChainHead = startOfChain(await hashContent(WalletCertificate, certificate));

  return {
    centre,
    terminal,
    wallet,
    async consent(amountMinor, { hasLongClientData = false } = {}) {
      const request = await terminal.createRequest(amountMinor, nowMs, LONG);
      const verified = unwrap(await terminal.verify(request.document, nowMs));
      const place = granted && unwrap(nextPlace(granted, head, amountMinor, nowMs));
      const { accountToken } = wallet.trusted.content;
      const created = await createAuthorisation(verified, accountToken, nowMs, wallet.deviceKey, place);
      if (place) head = { counter: place.counter, head: created.hash, cumulativeMinor: place.cumulativeMinor };
      const response = await wallet.authenticator.assertBytes(
        created.hash,
        hasLongClientData ? { clientDataSuffix: LONGEST_SUFFIX } : {},
      );
      const assertion = encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, created.hash, origin)));
      const payload = { authorisation: created.document, assertion, walletCertificate: wallet.certificate };
      return { request, payload, hash: created.hash };
    },
    revocations(count) {
      const { programme, participant, key } = centre;
      const serials = crypto.getRandomValues(new Uint8Array(count * 8));
      const content = { programme, fromVersion: 0, toVersion: count, serials, issuedAtSeconds, participant };
      return signDocument(RevocationList, content, key);
    },
  };
}

async function openTill(nowMs: number) {
  const centre = await createTestCentre({ nowMs });
  const terminal = await createTestTerminal();
  await terminal.adopt(await centre.certifyTerminal(terminal.key.publicKey), centre.trust);
  return { centre, terminal };
}
