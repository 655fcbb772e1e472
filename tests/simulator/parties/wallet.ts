import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import { CorrectedClock } from '../../../shared/browser/clock/corrected-clock.ts';
import { ApiClient } from '../../../shared/browser/network/api-client.ts';
import { OutboxStore } from '../../../shared/browser/outbox/outbox-store.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { WalletCertificate } from '../../../shared/protocol/documents/wallet-certificate.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { createRehearsal } from '../../../shared/protocol/offline/rehearsal.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import { verifyTerminalCertificate } from '../../../shared/protocol/payment/certificates.ts';
import { verifyRequest } from '../../../shared/protocol/payment/verify-request.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { createSigningKey, type SigningKey } from '../../../shared/protocol/signing-key.ts';
import { RevocationsAnswer, TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import { AllowanceAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { fetchWallet } from '../../../wallet-pwa/account/sync-wallet.ts';
import {
  type VerifiedWallet,
  verifyCard,
  verifyWalletAnswer,
} from '../../../wallet-pwa/account/verify-wallet-answer.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { AllowanceKeeper, type RenewalWish, type Renewed } from '../../../wallet-pwa/offline/allowance-keeper.ts';
import type { KeptChain } from '../../../wallet-pwa/offline/kept-chain.ts';
import { prepareConsent } from '../../../wallet-pwa/offline/prepare-consent.ts';
import { readAcceptance } from '../../../wallet-pwa/offline/read-acceptance.ts';
import type { KeptRehearsal } from '../../../wallet-pwa/offline/rehearsal.ts';
import { pickRevocations } from '../../../wallet-pwa/offline/revocations.ts';
import { askCentre } from '../../../wallet-pwa/payment/ask-centre.ts';
import { makeConsentShowing } from '../../../wallet-pwa/payment/consent-showing.ts';
import { createIntent } from '../../../wallet-pwa/payment/create-intent.ts';
import { handIn } from '../../../wallet-pwa/payment/hand-in.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { planResume } from '../../../wallet-pwa/payment/plan-resume.ts';
import { Settler, type SettlerParts } from '../../../wallet-pwa/payment/settler.ts';
import { AccountStore } from '../../../wallet-pwa/storage/account-store.ts';
import { CarriedStore } from '../../../wallet-pwa/storage/carried-store.ts';
import { ChainStore } from '../../../wallet-pwa/storage/chain-store.ts';
import { IntentStore } from '../../../wallet-pwa/storage/intent-store.ts';
import type { WalletDatabase } from '../../../wallet-pwa/storage/wallet-database.ts';
import { createSoftwareAuthenticator, type SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { ORIGIN } from '../runtime/centre-process.ts';
import { Disk, type DiskImage, type DiskSchema } from '../world/disk.ts';
import type { Network } from '../world/network.ts';
import { Device, type World } from '../world/world.ts';
import { type SimulatedCentre, unwrap } from './centre.ts';
import { alwaysGranted } from './locks.ts';

const SCHEMA: DiskSchema = {
  account: null,
  cards: 'accountNumber',
  intents: 'id',
  payCodes: 'id',
  chains: 'id',
  outbox: 'id',
  carried: null,
  movements: null,
  preferences: null,
};

/** What cannot be taken from a phone with its storage, or can: keys, passkey and session go along with a copy. */
interface Identity {
  readonly name: string;
  readonly deviceKey: SigningKey;
  readonly authenticator: SoftwareAuthenticator;
  readonly cookie: string;
  readonly accountNumber: AccountNumber;
}

/** A customer's phone: the app's own logic over ports. */
export class SimulatedWallet {
  readonly device: Device;
  readonly identity: Identity;
  readonly disk: Disk;
  /** Its storage was copied or set back: what it signs may contradict what was signed before. */
  isTampered = false;
  isWanted = true;
  readonly #world: World;
  readonly #network: Network;
  readonly #api: ApiClient;
  readonly #accounts: AccountStore;
  readonly #intents: IntentStore;
  readonly #chains: ChainStore;
  readonly #outbox: OutboxStore;
  readonly #carried: CarriedStore;
  #clock: CorrectedClock;
  #settler: Settler;
  #wallet: VerifiedWallet | undefined;

  private constructor(world: World, network: Network, identity: Identity, name: string, image?: DiskImage) {
    this.#world = world;
    this.#network = network;
    this.identity = identity;
    this.device = new Device(name, world);
    this.disk = new Disk(world, this.device, SCHEMA, image);
    const database = this.disk as unknown as WalletDatabase;
    this.#accounts = new AccountStore(database);
    this.#intents = new IntentStore(database);
    this.#chains = new ChainStore(database);
    this.#outbox = new OutboxStore(database);
    this.#carried = new CarriedStore(database);
    this.#api = new ApiClient({
      root: `${ORIGIN}/api/v1/`,
      fetch: network.fetchOf(this.device, () => identity.cookie),
    });
    this.#clock = new CorrectedClock(undefined, this.device);
    this.#settler = this.#createSettler();
  }

  static async enrol(
    world: World,
    network: Network,
    centre: SimulatedCentre,
    number: number,
    balanceMinor: number,
  ): Promise<SimulatedWallet> {
    const name = `wallet ${number + 1}`;
    const deviceKey = await createSigningKey(false);
    const authenticator = await createSoftwareAuthenticator({ origin: ORIGIN, rpId: new URL(ORIGIN).hostname });
    const credentialId = encodeBase64url(authenticator.credentialId);
    const passkey = { credentialId, publicKey: authenticator.publicKey };
    const enrolled = await centre.enrolWallet(name, deviceKey.publicKey, passkey);
    await centre.topUp(enrolled.accountNumber, balanceMinor);
    const wallet = new SimulatedWallet(world, network, { name, deviceKey, authenticator, ...enrolled }, name);
    if (!(await wallet.#fetch())) throw new Error('The wallet was not enrolled.');
    await wallet.#rehearse();
    const card = wallet.card!;
    const renewed = unwrap(await wallet.#renew(card, { isWanted: true, rehearsal: await wallet.#rehearsalOf(card) }));
    if (renewed.refusal) throw new Error(`No allowance: ${renewed.refusal}`);
    await wallet.#carried.removeRehearsal();
    return wallet;
  }

  /** The same phone once more: storage, keys, passkey, session. */
  async copy(name: string): Promise<SimulatedWallet> {
    const twin = new SimulatedWallet(this.#world, this.#network, this.identity, name, this.disk.image());
    twin.isTampered = true;
    twin.#wallet = this.#wallet;
    this.isTampered = true;
    await twin.restart();
    return twin;
  }

  async setBack(image: DiskImage): Promise<void> {
    this.disk.restore(image);
    this.isTampered = true;
    await this.restart();
  }

  get card(): Card | undefined {
    return this.disk.rows<Card>('cards')[0];
  }

  get intents(): readonly PaymentIntent[] {
    return this.disk.rows<PaymentIntent>('intents');
  }

  get chains(): readonly KeptChain[] {
    return this.disk.rows<KeptChain>('chains');
  }

  nowMs = (): number => this.#clock.nowMs();

  /** Killed, and started again from what is on the disk. */
  async restart(): Promise<void> {
    this.device.revive();
    const offsetMs = this.#clock.nowMs() - this.device.wallMs();
    this.#clock = new CorrectedClock({ offsetMs, toleranceMs: 0, syncedAtWallMs: this.device.wallMs() }, this.device);
    this.#settler = this.#createSettler();
  }

  // At the counter

  /** Scans a till's code, and has the person sign. Refuses what verifying and preparing refuse, `passkey_cancelled`. */
  async pay(sale: Pick<Sale, 'request' | 'terminalCertificate'>): Promise<Result<PaymentIntent>> {
    const { card } = this;
    if (!card || !this.#wallet) return refuse('not_signed_in');
    const terminal = await verifyTerminalCertificate(sale.terminalCertificate, this.#wallet.trust);
    if (!terminal.ok) return terminal;
    const request = await verifyRequest(sale.request, terminal.value, this.nowMs());
    if (!request.ok) return request;
    const { request: document, terminalCertificate } = sale;
    const order = { request: request.value, documents: { request: document, terminalCertificate } } as Parameters<
      typeof prepareConsent
    >[0];
    const prepared = await prepareConsent(order, card, {
      intents: this.#intents,
      createIntent: (of, on, place) => createIntent(of, on, this.nowMs(), this.identity.deviceKey, place),
      freeAllowance: async (on) => {
        const renewed = await this.#renew(on, { isWanted: false, isForced: true });
        return renewed.ok ? accept(renewed.value.card) : renewed;
      },
      nowMs: this.nowMs,
    });
    return prepared.ok ? this.#sign(prepared.value) : prepared;
  }

  /** The twin code that is shown to the till. */
  async show(intent: PaymentIntent): Promise<TwinCode> {
    const carried = await this.#carried.loadRevocations();
    return makeConsentShowing(intent, 250, this.nowMs(), carried?.document);
  }

  /** The till's code is scanned: its word that it took the consent. */
  async keepAcceptance(intent: PaymentIntent, text: string): Promise<Result<true>> {
    const acceptance = await readAcceptance(text, intent, this.#wallet!.trust);
    if (!acceptance.ok) return acceptance;
    await this.#intents.apply(intent.id, { kind: 'accept', acceptance: acceptance.value });
    return accept(true);
  }

  // In the background

  /** What was left in the middle is asked again, or given up. */
  async resume(): Promise<void> {
    for (const intent of this.intents.filter(({ state }) => state.status === 'prepared')) {
      const step = planResume(intent, this.nowMs());
      if (step === 'ask') await this.#sign(intent);
      if (step === 'drop') await this.#intents.apply(intent.id, { kind: 'drop', atMs: this.nowMs() });
    }
  }

  handIn(): Promise<void> {
    return this.#settler.flush();
  }

  async tryAgain(): Promise<void> {
    for (const { id, parkedFor } of await this.#outbox.loadAll()) if (parkedFor) await this.#settler.tryAgain(id);
    await this.handIn();
  }

  /** @returns whether the centre answered */
  async sync(): Promise<boolean> {
    if (!(await this.#fetch())) return false;
    const { card } = this;
    if (!card) return false;
    await this.handIn();
    const isOffered = this.#wallet!.account.programme.offline.isOn && card.offlineTermsVersion === TERMS_VERSION;
    const renewed = await this.#renew(card, { isWanted: this.isWanted && isOffered });
    if (!renewed.ok) this.#world.tally.count('renewals refused', renewed.code);
    else if (renewed.value.refusal) this.#world.tally.count('renewals refused', renewed.value.refusal);
    const answer = await this.#api.call({ path: 'revocations?since=0', answer: RevocationsAnswer });
    if (!answer.ok) return false;
    const newest = await pickRevocations(await this.#carried.loadRevocations(), answer.value, this.#wallet!.trust);
    if (newest) await this.#carried.saveRevocations(newest);
    return true;
  }

  async #sign(intent: PaymentIntent): Promise<Result<PaymentIntent>> {
    if (intent.state.status !== 'prepared') return accept(intent);
    this.device.pass();
    if (this.#world.happens('passkey')) return refuse('passkey_cancelled');
    const assertion = await this.#assert(intent.authorisationHash);
    this.device.pass();
    return accept(await this.#intents.apply(intent.id, { kind: 'sign', assertion, atMs: this.nowMs() }));
  }

  async #assert(challenge: Uint8Array) {
    const response = await this.identity.authenticator.assertBytes(challenge);
    return encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, challenge, ORIGIN)));
  }

  async #fetch(): Promise<boolean> {
    const answer = await fetchWallet(this.#api);
    if (!answer.ok) return false;
    const { monotonicMs } = this.device;
    this.#clock.sync(answer.value.programme.centreTimeMs, { sentAtMs: monotonicMs(), receivedAtMs: monotonicMs() });
    const pinned = this.#wallet?.account.pinnedCentreKey;
    const devicePublicKey = this.identity.deviceKey.publicKey;
    const expected = pinned ? { devicePublicKey, pinnedCentreKey: pinned } : { devicePublicKey };
    this.#wallet = unwrap(await verifyWalletAnswer(answer.value, expected));
    await this.#accounts.save(this.#wallet);
    return true;
  }

  #renew(card: Card, wish: RenewalWish): Promise<Result<Renewed>> {
    const keeper = new AllowanceKeeper({
      chains: this.#chains,
      nowMs: this.nowMs,
      deviceKey: () => this.identity.deviceKey,
      verifyCard: (answer) => {
        const { account, trust } = this.#wallet!;
        const { currency } = account.programme;
        return verifyCard(answer, 0, { currency, devicePublicKey: this.identity.deviceKey.publicKey, trust });
      },
      call: async (body) => {
        const answer = await this.#api.call({ path: 'wallet/allowance', body, answer: AllowanceAnswer });
        return answer.ok ? accept(answer.value) : answer;
      },
    });
    return keeper.renew(card, wish);
  }

  async #rehearse(): Promise<void> {
    await this.#carried.saveRehearsal(await this.#rehearsalOf(this.card!));
  }

  async #rehearsalOf({ accountNumber, certificate }: Card): Promise<KeptRehearsal> {
    const serial = serialOf(certificate);
    const { document, hash } = await createRehearsal(serial, TERMS_VERSION, this.nowMs(), this.identity.deviceKey);
    return { accountNumber, document, assertion: await this.#assert(hash) };
  }

  #createSettler(): Settler {
    const handInOnce: SettlerParts['handIn'] = async (intent, { isFresh, ...handInTry }) => {
      const context = { api: this.#api, trust: this.#wallet!.trust, nowMs: this.nowMs() };
      const result = await handIn(intent, handInTry, context);
      if (result.kind !== 'unsigned') return result;
      if (!isFresh) return askCentre(intent, result.code, context);
      return { kind: 'ended', event: { kind: 'refuse', code: result.code, atMs: this.nowMs() } };
    };
    const parts: SettlerParts = {
      intents: this.#intents,
      outbox: this.#outbox,
      handIn: handInOnce,
      random: () => this.#world.random.number(),
      nowMs: this.nowMs,
      elapsedMs: this.device.monotonicMs,
      setTimer: () => () => {},
      locks: alwaysGranted,
    };
    return new Settler(parts, () => {});
  }
}

function serialOf(certificate: Uint8Array) {
  return unwrap(decodeDocument(WalletCertificate, certificate)).content.serial;
}
