import { type Bytes, createRandomBytes, encodeHex } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { CurrencyCode } from '../../shared/protocol/currency.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import {
  TerminalCertificate,
  type TerminalCertificateContent,
} from '../../shared/protocol/documents/terminal-certificate.ts';
import {
  WalletCertificate,
  type WalletCertificateContent,
} from '../../shared/protocol/documents/wallet-certificate.ts';
import type { MerchantNo, ParticipantCode, ProgrammeId, TerminalId } from '../../shared/protocol/identifiers.ts';
import { createSigningKey, importVerifyingKey, type SigningKey } from '../../shared/protocol/signing-key.ts';

/** A centre that consists of its key alone: certifies devices for tests that need no worker. */
export interface TestCentre {
  readonly programme: ProgrammeId;
  readonly participant: ParticipantCode;
  readonly key: SigningKey;
  readonly announcements: readonly Bytes[];
  readonly trust: CentreTrust;
  certifyTerminal(publicKey: Bytes, changes?: Partial<TerminalCertificateContent>): Promise<Bytes>;
  certifyWallet(
    keys: Pick<WalletCertificateContent, 'accountToken' | 'devicePublicKey' | 'passkeyPublicKey'>,
    changes?: Partial<WalletCertificateContent>,
  ): Promise<Bytes>;
}

export interface TestCentreOptions {
  readonly programme?: string;
  readonly participant?: string;
  readonly nowMs: number;
  /** The centre's key; a fresh one when left out. */
  readonly key?: SigningKey;
}

const YEAR_SECONDS = 365 * 24 * 3600;

export async function createTestCentre(options: TestCentreOptions): Promise<TestCentre> {
  const { nowMs } = options;
  const programme = (options.programme ?? 'test-programme') as ProgrammeId;
  const participant = (options.participant ?? '100001') as ParticipantCode;
  const key = options.key ?? (await createSigningKey(true));
  const announcement = { programme, generation: 1, publicKey: key.publicKey, validFromMs: nowMs };
  const verifyingKey = (await importVerifyingKey(key.publicKey))!;
  const issuedAtSeconds = Math.floor(nowMs / 1000);
  const validity = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + YEAR_SECONDS };
  const common = { programme, currency: 'EUR' as CurrencyCode, exponent: 2, ...validity };
  return {
    programme,
    participant,
    key,
    announcements: [await signDocument(CentreKey, announcement, key)],
    trust: { programme, keys: new Map([[encodeHex(key.keyId), verifyingKey]]) },
    certifyTerminal: (publicKey, changes = {}) =>
      signDocument(
        TerminalCertificate,
        {
          ...common,
          serial: createRandomBytes(8),
          acquirer: participant,
          merchantNo: 'CORNERCAFE00001' as MerchantNo,
          terminalId: 'TILL0001' as TerminalId,
          shopName: 'Corner Café',
          publicKey,
          ...changes,
        },
        key,
      ),
    certifyWallet: (keys, changes = {}) =>
      signDocument(
        WalletCertificate,
        { ...common, serial: createRandomBytes(8), issuer: participant, ...keys, ...changes },
        key,
      ),
  };
}
