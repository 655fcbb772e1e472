import { decodeBase64url, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../../../shared/protocol/centre-trust.ts';
import { importContentKey } from '../../../../shared/protocol/codes/content-seal.ts';
import { openPosCode } from '../../../../shared/protocol/codes/pos-code.ts';
import { createChallenge, PASSKEY_PURPOSES } from '../../../../shared/protocol/passkey/challenge.ts';
import { verifyTerminalCertificate } from '../../../../shared/protocol/payment/certificates.ts';
import { verifyRequest } from '../../../../shared/protocol/payment/verify-request.ts';
import type { PaymentAnswer, Problem } from '../../../../shared/protocol/wire/payments.ts';
import type { CeremonyAnswer } from '../../../../shared/protocol/wire/terminals.ts';
import type { WalletAnswer } from '../../../../shared/protocol/wire/wallet.ts';
import { createTestWallet, type TestWallet, unwrap } from '../../../support/devices.ts';

/**
 * A customer without a screen: signs up at the demo over HTTP and pays what a till's code asks for. For tests of the till
 * alone; the journeys through both apps use the wallet itself.
 */
export class TestPayer {
  readonly #origin: string;
  readonly #wallet: TestWallet;
  readonly #answer: WalletAnswer;
  readonly #trust: CentreTrust;

  private constructor(origin: string, wallet: TestWallet, answer: WalletAnswer, trust: CentreTrust) {
    this.#origin = origin;
    this.#wallet = wallet;
    this.#answer = answer;
    this.#trust = trust;
  }

  static async signUp(origin: string, name = 'Robin'): Promise<TestPayer> {
    const wallet = await createTestWallet(origin);
    const begun = await call<CeremonyAnswer>(origin, 'wallet/registration-options', { name });
    const serverChallenge = decodeBase64url(begun.options.challenge)!;
    const challenge = await createChallenge(PASSKEY_PURPOSES.walletRegistration, serverChallenge);
    const answer = await call<WalletAnswer>(origin, 'wallet/registration', {
      ceremony: begun.ceremony,
      response: await wallet.authenticator.register(challenge),
      binding: encodeBase64url(await wallet.createBinding(serverChallenge)),
    });
    const { programme, centreKeys } = answer.programme;
    const trust = unwrap(
      await verifyCentreKeys(
        centreKeys.map((text) => decodeBase64url(text)!),
        programme,
      ),
    );
    await wallet.adopt(decodeBase64url(answer.cards[0]!.certificate)!, trust);
    return new TestPayer(origin, wallet, answer, trust);
  }

  /** Scans the text of a code and consents to what it asks for. */
  async pay(codeText: string): Promise<PaymentAnswer | Problem> {
    const keys = this.#answer.contentKeys.map(({ day, key }) => importContentKey(day, decodeBase64url(key)!));
    const signed = unwrap(await openPosCode(codeText, await Promise.all(keys)));
    const terminal = unwrap(await verifyTerminalCertificate(signed.terminalCertificate, this.#trust));
    const request = unwrap(await verifyRequest(signed.request, terminal, Date.now()));
    const consent = await this.#wallet.authorise(request, Date.now());
    return call<PaymentAnswer | Problem>(this.#origin, 'authorisations', {
      authorisation: encodeBase64url(consent.authorisation),
      assertion: encodeBase64url(consent.assertion),
      walletCertificate: encodeBase64url(consent.walletCertificate),
      request: encodeBase64url(signed.request),
      terminalCertificate: encodeBase64url(signed.terminalCertificate),
    });
  }
}

async function call<T>(origin: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${origin}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}
