import { type Bytes, decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import { encodeContent, hashContent } from '../../../shared/protocol/documents/document.ts';
import { WalletCertificate } from '../../../shared/protocol/documents/wallet-certificate.ts';
import { type Allowance, allowanceOf } from '../../../shared/protocol/offline/allowance.ts';
import { type ChainHead, nextPlace, startOfChain } from '../../../shared/protocol/offline/chain.ts';
import { createClosing } from '../../../shared/protocol/offline/closing.ts';
import { createRehearsal } from '../../../shared/protocol/offline/rehearsal.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import { createAuthorisation } from '../../../shared/protocol/payment/create-authorisation.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import { type AllowanceCall, TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import type { AllowanceAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { unwrap } from '../../support/devices.ts';
import type { EnrolledWallet } from '../../support/enrol.ts';

/** What a phone shows a till, and hands in itself. */
export interface ChainedConsent {
  readonly authorisation: Bytes;
  readonly assertion: Bytes;
  readonly walletCertificate: Bytes;
  readonly hash: Bytes;
}

interface KeptChain {
  readonly allowance: Allowance;
  readonly head: ChainHead;
  readonly given: readonly Bytes[];
}

/** An honest phone that pays without network: one allowance at a time, each place of its chain taken once. */
export class OfflinePhone {
  readonly enrolled: EnrolledWallet;
  readonly accountNumber: string;
  readonly #trust: CentreTrust;
  #chain: KeptChain | undefined;
  #hasRehearsed = false;
  /** Sent until it is answered, the same bytes each time. */
  #pending: AllowanceCall | undefined;

  constructor(enrolled: EnrolledWallet, trust: CentreTrust) {
    this.enrolled = enrolled;
    this.accountNumber = enrolled.answer.cards[0]!.accountNumber;
    this.#trust = trust;
  }

  get allowance(): Allowance | undefined {
    return this.#chain?.allowance;
  }

  /** A call was sent, and its answer has not come. */
  get isAsking(): boolean {
    return this.#pending !== undefined;
  }

  /** The last word on the allowance there is, and the wish for another: `POST wallet/allowance`. */
  async createAllowanceCall(isWanted: boolean): Promise<AllowanceCall> {
    const { wallet } = this.enrolled;
    const accountToken = encodeBase64url(wallet.trusted.content.accountToken);
    this.#pending ??= {
      accountToken,
      ...(this.#chain && { closing: await this.#close(this.#chain) }),
      ...(!this.#hasRehearsed && { rehearsal: await this.#rehearse() }),
      isWanted,
    };
    return this.#pending;
  }

  async adopt({ card, refusal }: AllowanceAnswer): Promise<void> {
    const { wallet } = this.enrolled;
    await wallet.adopt(decodeBase64url(card.certificate)!, this.#trust);
    const allowance = allowanceOf(wallet.trusted.content);
    if (this.#pending?.isWanted && (!allowance || refusal)) throw new Error(`No allowance: ${refusal}`);
    const certificate = encodeContent(WalletCertificate, wallet.trusted.content);
    const head = startOfChain(await hashContent(WalletCertificate, certificate));
    this.#chain = allowance && { allowance, head, given: [] };
    this.#hasRehearsed = true;
    this.#pending = undefined;
  }

  /** Takes the next place. @throws when it has no allowance, or no room in it */
  async consent(request: VerifiedRequest, nowMs: number): Promise<ChainedConsent> {
    const chain = this.#chain;
    if (!chain || this.#pending) throw new Error('The phone has no open allowance.');
    const { wallet } = this.enrolled;
    const place = unwrap(nextPlace(chain.allowance, chain.head, request.amountMinor, nowMs));
    const { accountToken } = wallet.trusted.content;
    const { document, hash } = await createAuthorisation(request, accountToken, nowMs, wallet.deviceKey, place);
    const { counter, cumulativeMinor } = place;
    this.#chain = { ...chain, head: { counter, head: hash, cumulativeMinor }, given: [...chain.given, hash] };
    return {
      authorisation: document,
      assertion: await this.#sign(hash),
      walletCertificate: wallet.certificate,
      hash,
    };
  }

  async #close({ allowance, head, given }: KeptChain): Promise<string> {
    const { deviceKey } = this.enrolled.wallet;
    const closing = await createClosing(allowance.serial, head, given, Date.now(), deviceKey);
    return encodeBase64url(closing.document);
  }

  async #rehearse() {
    const { deviceKey, trusted } = this.enrolled.wallet;
    const rehearsal = await createRehearsal(trusted.content.serial, TERMS_VERSION, Date.now(), deviceKey);
    const assertion = encodeBase64url(await this.#sign(rehearsal.hash));
    return { document: encodeBase64url(rehearsal.document), assertion };
  }

  async #sign(hash: Bytes): Promise<Bytes> {
    const { authenticator, origin } = this.enrolled.wallet;
    const response = await authenticator.assertBytes(hash);
    return encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, hash, origin)));
  }
}
