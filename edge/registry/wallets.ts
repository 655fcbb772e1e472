import { RpcTarget } from 'cloudflare:workers';
import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes, encodeHex, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { PASSKEY_PURPOSES } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { type Ceremony, createCeremony, takeCeremony } from '../security/ceremonies.ts';
import type { PasskeyCredential } from '../security/passkeys.ts';
import { takeRateLimit } from '../security/rate-limits.ts';
import { createToken, hashSecret } from '../security/secrets.ts';
import { transactOrUndo } from '../storage/transact-or-undo.ts';
import type { Release } from './books.ts';
import { cardsOfCustomer, findCard, giveCard, insertCard } from './card-records.ts';
import type { RegistryContext } from './context.ts';
import { bindDevice } from './devices.ts';
import { findPasskey, insertPasskey, notePasskeyUse, type PasskeyRecord } from './passkey-records.ts';
import { loadAgreedTerms } from './rehearsals.ts';
import { findCode, useCode } from './secret-codes.ts';
import {
  dropSession,
  extendWalletSession,
  findWalletSession,
  insertWalletSession,
  type WalletSession,
} from './sessions.ts';
import { phoneTag } from './socket-tags.ts';
import {
  type CertifiedCard,
  ensureWalletCertificate,
  loadWalletCertificate,
  signWalletCertificate,
  type WalletCertificateRecord,
} from './wallet-certificates.ts';

const CARDS_MAX = 10;
const FIRST_CARD_LABEL = 'My card';
const CUSTOMER_ID_BYTES = 16;
/** What a new customer of a demo programme is given, in whole units of its currency. */
const WELCOME_UNITS = 50;

/** A card as its wallet holds it. */
export interface WalletCard {
  readonly accountNumber: AccountNumber;
  readonly accountToken: Bytes;
  readonly label: string;
  readonly status: 'open' | 'frozen' | 'closed';
  readonly availableMinor: number;
  readonly reservedMinor: number;
  readonly releases: readonly Release[];
  /** Edition of the terms on paying without network that this phone agreed to. */
  readonly offlineTermsVersion: number | undefined;
  readonly certificate: Bytes;
}

/** What a wallet learns at registration, sign-in and sync; the programme's own part is added outside. */
export interface WalletState {
  readonly customerName: string;
  readonly credentialId: string;
  readonly cards: WalletCard[];
}

export interface WalletSignIn {
  readonly token: string;
  readonly state: WalletState;
}

/** Who registers, from the first call to the second. customerId in hex. */
interface RegistrationSubject {
  readonly customerId: string;
  readonly name: string;
}

/** What wallets ask for themselves. Each call is about the customer of its session, whatever else it says. */
export class Wallets extends RpcTarget {
  readonly #context: RegistryContext;

  constructor(context: RegistryContext) {
    super();
    this.#context = context;
  }

  /** Refuses `rate_limited`. */
  beginRegistration(name: string, address: string): Result<{ ceremony: Ceremony; customerId: Bytes }> {
    const { storage, now } = this.#context;
    return storage.transactionSync(() => {
      const nowMs = now();
      if (!takeRateLimit(storage.sql, 'registrationByAddress', address, nowMs)) return refuse('rate_limited');
      const customerId = createRandomBytes(CUSTOMER_ID_BYTES);
      const subject: RegistrationSubject = { customerId: encodeHex(customerId), name };
      const purpose = PASSKEY_PURPOSES.walletRegistration;
      return accept({ ceremony: createCeremony(storage.sql, purpose, JSON.stringify(subject), nowMs), customerId });
    });
  }

  /** @returns undefined when it is unknown, used or too old */
  takeRegistration(ceremonyId: string): Ceremony | undefined {
    const { storage, now } = this.#context;
    return takeCeremony(storage.sql, ceremonyId, PASSKEY_PURPOSES.walletRegistration, now());
  }

  /** Customer, passkey, device, account and first card come into being together. Refuses `passkey_exists`, `already_exists` (the device key). */
  async finishRegistration(
    ceremony: Ceremony,
    passkey: PasskeyCredential,
    devicePublicKey: Bytes,
  ): Promise<Result<WalletSignIn>> {
    const { storage, books } = this.#context;
    const { sql } = storage;
    const subject = JSON.parse(ceremony.subject) as RegistrationSubject;
    const customerId = Uint8Array.fromHex(subject.customerId);
    return this.#signIn((nowMs) => {
      if (findPasskey(sql, passkey.credentialId)) return refuse('passkey_exists');
      sql.exec(
        'INSERT INTO customers (customer_id, name, created_at_ms) VALUES (?, ?, ?)',
        customerId,
        subject.name,
        nowMs,
      );
      insertPasskey(sql, { kind: 'customer', customerId }, passkey, nowMs);
      if (!this.#bindDevice(devicePublicKey, customerId, nowMs)) return refuse('already_exists');
      const accountNumber = books.openCustomerAccount(nowMs);
      insertCard(sql, accountNumber, customerId, FIRST_CARD_LABEL, nowMs);
      this.#welcome(accountNumber, subject.customerId, nowMs);
      return accept({ customerId, devicePublicKey, credentialId: passkey.credentialId });
    });
  }

  /** Refuses `rate_limited`. */
  beginSignIn(address: string): Result<{ ceremony: Ceremony }> {
    const { storage, now } = this.#context;
    return storage.transactionSync(() => {
      const nowMs = now();
      if (!takeRateLimit(storage.sql, 'signInByAddress', address, nowMs)) return refuse('rate_limited');
      return accept({ ceremony: createCeremony(storage.sql, PASSKEY_PURPOSES.walletSignIn, '', nowMs) });
    });
  }

  takeSignIn(ceremonyId: string): Ceremony | undefined {
    const { storage, now } = this.#context;
    return takeCeremony(storage.sql, ceremonyId, PASSKEY_PURPOSES.walletSignIn, now());
  }

  /** The passkey that is to be verified. Refuses `passkey_unknown`, `rate_limited`. */
  findPasskey(credentialId: string): Result<PasskeyRecord> {
    const { storage, now } = this.#context;
    const passkey = findPasskey(storage.sql, credentialId);
    if (passkey?.owner.kind !== 'customer') return refuse('passkey_unknown');
    const isAllowed = takeRateLimit(storage.sql, 'signInByCredential', credentialId, now());
    return isAllowed ? accept(passkey) : refuse('rate_limited');
  }

  /** After the passkey was verified. Refuses `passkey_unknown`, `already_exists` (the device key is another customer's). */
  async finishSignIn(credentialId: string, devicePublicKey: Bytes): Promise<Result<WalletSignIn>> {
    const { sql } = this.#context.storage;
    return this.#signIn((nowMs) => {
      const owner = findPasskey(sql, credentialId)?.owner;
      if (owner?.kind !== 'customer') return refuse('passkey_unknown');
      const { customerId } = owner;
      if (!this.#bindDevice(devicePublicKey, customerId, nowMs)) return refuse('already_exists');
      notePasskeyUse(sql, credentialId, nowMs);
      return accept({ customerId, devicePublicKey, credentialId });
    });
  }

  /** Renews what is to be renewed. Refuses `not_signed_in`. */
  async sync(tokenHash: Bytes): Promise<Result<WalletState>> {
    return this.#withSession(tokenHash, (session, nowMs) => {
      extendWalletSession(this.#context.storage.sql, tokenHash, nowMs);
      return accept(session);
    });
  }

  /** One card as it stands, with its certificate. Refuses `not_signed_in`, `not_found`. */
  async card(tokenHash: Bytes, accountToken: Bytes): Promise<Result<WalletCard>> {
    const state = await this.#withSession(tokenHash, accept);
    if (!state.ok) return state;
    const card = state.value.cards.find((held) => isEqualBytes(held.accountToken, accountToken));
    return card ? accept(card) : refuse('not_found');
  }

  /** Opens a further account. Refuses `not_signed_in`, `limit_reached`. */
  async addCard(tokenHash: Bytes, label: string): Promise<Result<WalletState>> {
    const { storage, books } = this.#context;
    return this.#withSession(tokenHash, (session, nowMs) => {
      if (cardsOfCustomer(storage.sql, session.customerId).length >= CARDS_MAX) return refuse('limit_reached');
      insertCard(storage.sql, books.openCustomerAccount(nowMs), session.customerId, label, nowMs);
      return accept(session);
    });
  }

  /**
   * Takes over a card that the programme issued; the same customer with the same code gets the same answer again.
   * Refuses `not_signed_in`, `rate_limited`, `claim_code_invalid`, `limit_reached`.
   */
  async claimCard(tokenHash: Bytes, codeHash: Bytes): Promise<Result<WalletState>> {
    const { sql } = this.#context.storage;
    return this.#withSession(tokenHash, (session, nowMs) => {
      const { customerId } = session;
      if (!takeRateLimit(sql, 'claimByCustomer', encodeHex(customerId), nowMs)) return refuse('rate_limited');
      const code = findCode(sql, codeHash, 'claim', nowMs);
      const card = code && findCard(sql, code.subject as AccountNumber);
      if (!code || !card) return refuse('claim_code_invalid');
      if (card.customerId !== undefined) {
        const isRepeat = code.isUsed && isEqualBytes(card.customerId, customerId);
        return isRepeat ? accept(session) : refuse('claim_code_invalid');
      }
      if (cardsOfCustomer(sql, customerId).length >= CARDS_MAX) return refuse('limit_reached');
      useCode(sql, codeHash, nowMs);
      giveCard(sql, card.accountNumber, customerId);
      return accept(session);
    });
  }

  /** Whose accounts a wallet's call may see. Refuses `not_signed_in`. */
  accounts(tokenHash: Bytes): Result<AccountNumber[]> {
    const { storage, now } = this.#context;
    const session = findWalletSession(storage.sql, tokenHash, now());
    if (!session) return refuse('not_signed_in');
    return accept(cardsOfCustomer(storage.sql, session.customerId).map((card) => card.accountNumber));
  }

  /** Whose phone a wallet's call comes from. */
  findSession(tokenHash: Bytes): WalletSession | undefined {
    const { storage, now } = this.#context;
    return findWalletSession(storage.sql, tokenHash, now());
  }

  /** The wallet certificate with this serial, byte for byte, whether or not it is still good: a code names it for want of room. */
  async findCertificate(serial: Bytes): Promise<Bytes | undefined> {
    const record = loadWalletCertificate(this.#context.storage.sql, serial);
    return record && signWalletCertificate(this.#context, record);
  }

  signOut(tokenHash: Bytes): void {
    const session = this.findSession(tokenHash);
    dropSession(this.#context.storage.sql, tokenHash);
    if (session) this.#context.closeSockets(phoneTag(session.devicePublicKey));
  }

  #bindDevice(devicePublicKey: Bytes, customerId: Bytes, nowMs: number): boolean {
    const { storage, books, closeSockets } = this.#context;
    const removed = bindDevice(storage.sql, devicePublicKey, customerId, nowMs);
    for (const publicKey of removed ?? []) {
      books.revokeAllowancesOf(publicKey, nowMs);
      closeSockets(phoneTag(publicKey));
    }
    return removed !== undefined;
  }

  /** Runs `admit` and opens a session for whom it lets in, in one transaction that a refusal undoes. */
  async #signIn(admit: (nowMs: number) => Result<WalletSession>): Promise<Result<WalletSignIn>> {
    const { storage, now } = this.#context;
    const token = createToken();
    const tokenHash = await hashSecret(token);
    const admitted = transactOrUndo(storage, () => {
      const nowMs = now();
      const session = admit(nowMs);
      if (session.ok) insertWalletSession(storage.sql, tokenHash, session.value, nowMs);
      return session;
    });
    return admitted.ok ? accept({ token, state: await this.#state(admitted.value) }) : admitted;
  }

  async #withSession(
    tokenHash: Bytes,
    change: (session: WalletSession, nowMs: number) => Result<WalletSession>,
  ): Promise<Result<WalletState>> {
    const { storage, now } = this.#context;
    const changed = storage.transactionSync(() => {
      const nowMs = now();
      const session = findWalletSession(storage.sql, tokenHash, nowMs);
      return session ? change(session, nowMs) : refuse('not_signed_in');
    });
    return changed.ok ? accept(await this.#state(changed.value)) : changed;
  }

  /** Certificates are decided in one transaction and signed after it. */
  async #state(session: WalletSession): Promise<WalletState> {
    const { customerId, devicePublicKey, credentialId } = session;
    const { storage, books, signer, now } = this.#context;
    const { sql } = storage;
    const { generation } = await signer.newestKey();
    const decided = storage.transactionSync(() =>
      cardsOfCustomer(sql, customerId).map((card) => {
        const passkeyPublicKey = findPasskey(sql, credentialId)!.publicKey;
        const certified: CertifiedCard = { ...card, devicePublicKey, credentialId, passkeyPublicKey };
        return { card, record: this.#certify(certified, generation, now()) };
      }),
    );
    const cards = await Promise.all(
      decided.map(async ({ card: { accountNumber, accountToken, label }, record }) => {
        const certificate = await signWalletCertificate(this.#context, record);
        // Money last: nothing is awaited between this reading and the answer.
        return { accountNumber, accountToken, label, certificate };
      }),
    );
    const [customer] = sql
      .exec<{ name: string }>('SELECT name FROM customers WHERE customer_id = ?', customerId)
      .toArray();
    return {
      customerName: customer!.name,
      credentialId,
      cards: cards.map((card) => ({
        ...card,
        ...books.loadAccount(card.accountNumber)!,
        ...books.describeReserves(card.accountNumber, devicePublicKey, now()),
        offlineTermsVersion: loadAgreedTerms(sql, session),
      })),
    };
  }

  /** The certificate that grants what the phone may pay without network, where there is one; else the card's plain one. */
  #certify(card: CertifiedCard, generation: number, nowMs: number): WalletCertificateRecord {
    const { storage, books } = this.#context;
    const serial = books.liveAllowance(card.accountNumber, card.devicePublicKey, nowMs);
    const granting = serial && loadWalletCertificate(storage.sql, serial);
    const isOfPasskey = granting?.credentialId === card.credentialId;
    return isOfPasskey ? granting : ensureWalletCertificate(storage.sql, card, generation, nowMs);
  }

  /** Play money, only in a demo. The reference is the customer's own, so it is given once. */
  #welcome(accountNumber: AccountNumber, customerId: string, nowMs: number): void {
    const { books, env } = this.#context;
    if (env.DEMO !== '1') return;
    const amountMinor = (WELCOME_UNITS * 10 ** books.rules().exponent) as AmountMinor;
    books.topUp(accountNumber, amountMinor, `welcome-${customerId}`, nowMs);
  }
}
