import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes } from '../../../shared/protocol/bytes.ts';
import { encodeAuthorisationPayload } from '../../../shared/protocol/codes/authorisation-payload.ts';
import { importAccountSecret } from '../../../shared/protocol/codes/cross-check-code.ts';
import { createSplitCode } from '../../../shared/protocol/codes/split-code.ts';
import { createShowing, type TwinCode, type TwinMode } from '../../../shared/protocol/codes/twin-code.ts';
import { Authorisation } from '../../../shared/protocol/documents/authorisation.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import {
  type ConfirmedPayCode,
  createPayCode,
  createPayCodeShowing,
} from '../../../shared/protocol/payment/create-pay-code.ts';
import { createTestWallet, type TestWallet, unwrap } from '../../support/devices.ts';
import type { TestCentre } from '../../support/test-centre.ts';

export const TEST_RHYTHM_MS = 250;

/** A customer with a card of the centre, who shows a pay code to the till. */
export class TestCustomer {
  readonly #wallet: TestWallet;

  private constructor(wallet: TestWallet) {
    this.#wallet = wallet;
  }

  static async join(centre: TestCentre): Promise<TestCustomer> {
    const wallet = await createTestWallet('https://pay.example.org');
    const certificate = await centre.certifyWallet({
      accountToken: createRandomBytes(16),
      devicePublicKey: wallet.deviceKey.publicKey,
      passkeyPublicKey: wallet.authenticator.publicKey,
    });
    await wallet.adopt(certificate, centre.trust);
    return new TestCustomer(wallet);
  }

  /** Consents with the passkey, once for all showings of it. */
  async consent(capMinor: number, nowMs: number): Promise<ConfirmedPayCode> {
    const { authenticator, trusted, origin } = this.#wallet;
    const created = await createPayCode(trusted.content.accountToken, capMinor as AmountMinor, nowMs);
    const response = await authenticator.assertBytes(created.hash);
    const assertion = encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, created.hash, origin)));
    return { content: created.content, assertion };
  }

  /** What the phone shows when it has no network: the consent to a request that it scanned. */
  async showConsent(requestHash: Bytes, amountMinor: number, nowMs: number): Promise<TwinCode> {
    const { deviceKey, certificate, trusted } = this.#wallet;
    const content = {
      requestHash,
      accountToken: trusted.content.accountToken,
      amountMinor: amountMinor as AmountMinor,
      authorisedAtMs: nowMs,
    };
    const authorisation = await signDocument(Authorisation, content, deviceKey);
    const assertion = Uint8Array.of(7);
    const payload = encodeAuthorisationPayload({ authorisation, assertion, walletCertificate: certificate });
    return createSplitCode(payload, createShowing(nowMs, TEST_RHYTHM_MS));
  }

  async show(payCode: ConfirmedPayCode, nowMs: number, mode: TwinMode = 'split'): Promise<TwinCode> {
    const { deviceKey, certificate, trusted } = this.#wallet;
    return createPayCodeShowing(payCode, {
      mode,
      nowMs,
      rhythmMs: TEST_RHYTHM_MS,
      deviceKey,
      walletCertificate: certificate,
      certificateSerial: trusted.content.serial,
      accountSecret: await importAccountSecret(new Uint8Array(32).fill(9)),
    });
  }
}
