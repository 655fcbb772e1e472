import { decodeBase64url, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { importContentKey } from '../../../../shared/protocol/codes/content-seal.ts';
import { openPosCode } from '../../../../shared/protocol/codes/pos-code.ts';
import type { TwinCode } from '../../../../shared/protocol/codes/twin-code.ts';
import { verifyTerminalCertificate } from '../../../../shared/protocol/payment/certificates.ts';
import { verifyRequest } from '../../../../shared/protocol/payment/verify-request.ts';
import type { PaymentAnswer } from '../../../../shared/protocol/wire/payments.ts';
import { type ApiAnswer, ApiClient } from '../../../support/api-client.ts';
import { unwrap } from '../../../support/devices.ts';
import { type EnrolledWallet, registerWallet, trustOf } from '../../../support/enrol.ts';

/**
 * A customer without a screen, with 50.00 on the card: pays what a till's code asks for. For tests of the till alone; the
 * journeys through both apps use the wallet itself.
 */
export class TestPayer {
  readonly #enrolled: EnrolledWallet;

  private constructor(enrolled: EnrolledWallet) {
    this.#enrolled = enrolled;
  }

  static async signUp(origin: string): Promise<TestPayer> {
    return new TestPayer(await registerWallet(new ApiClient((request) => fetch(request), origin)));
  }

  /** Reads a code as a wallet does, and consents to what it asks for. Throws when a wallet would not have offered to pay. */
  async pay(codeText: string): Promise<ApiAnswer<PaymentAnswer>> {
    const { wallet, answer, client } = this.#enrolled;
    const keys = answer.contentKeys.map(({ day, key }) => importContentKey(day, decodeBase64url(key)!));
    const signed = unwrap(await openPosCode(codeText, await Promise.all(keys)));
    const trust = await trustOf(answer.programme);
    const terminal = unwrap(await verifyTerminalCertificate(signed.terminalCertificate, trust));
    const request = unwrap(await verifyRequest(signed.request, terminal, Date.now()));
    const consent = await wallet.authorise(request, Date.now());
    return client.post<PaymentAnswer>('authorisations', {
      authorisation: encodeBase64url(consent.authorisation),
      assertion: encodeBase64url(consent.assertion),
      walletCertificate: encodeBase64url(consent.walletCertificate),
      request: encodeBase64url(signed.request),
      terminalCertificate: encodeBase64url(signed.terminalCertificate),
    });
  }

  /** One showing of a pay code of up to 25.00, as the phone's screen has it. */
  async showCode(): Promise<TwinCode> {
    const { wallet } = this.#enrolled;
    return wallet.show(await wallet.createPayCode(2_500, Date.now()), Date.now());
  }
}
