import { type KeptAllowance, NOTHING_KNOWN, type OfflineState } from '../../../pos-pwa/offline/offline-state.ts';
import type { OfflineChange, OfflinePicture, OfflineStore } from '../../../pos-pwa/offline/offline-store.ts';
import { takeConsent } from '../../../pos-pwa/offline/take-consent.ts';
import { createSale } from '../../../pos-pwa/sale/create-sale.ts';
import { decideSale } from '../../../pos-pwa/sale/decide-sale.ts';
import type { CarriedConsent, Sale } from '../../../pos-pwa/sale/sale.ts';
import type { CashierRecord } from '../../../pos-pwa/storage/till-database.ts';
import type { Terminal } from '../../../pos-pwa/till/terminal.ts';
import type { OutboxItem } from '../../../shared/browser/outbox/outbox-order.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { type Bytes, concatBytes } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RevocationList } from '../../../shared/protocol/documents/revocation-list.ts';
import type { BatchNo, OperatorNo, TraceKey, VoucherNo } from '../../../shared/protocol/identifiers.ts';
import type { Allowance } from '../../../shared/protocol/offline/allowance.ts';
import type { ChainHead, ChainPlace } from '../../../shared/protocol/offline/chain.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../../shared/protocol/passkey/passkey-assertion.ts';
import { createAuthorisation } from '../../../shared/protocol/payment/create-authorisation.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { DEFAULT_OFFLINE_SETTINGS, TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import type { ProgrammeAnswer } from '../../../shared/protocol/wire/programme.ts';
import { NOW, type OfflineWallet, ORIGIN } from '../../shared/protocol/offline/offline-parties.ts';
import { createTestTerminal, type TestTerminal, unwrap } from '../../support/devices.ts';
import type { TestCentre } from '../../support/test-centre.ts';

/** A disk in memory: what is written is copied, a full one writes nothing, and one that is killed loses nothing written. */
class MemoryStore implements OfflineStore {
  readonly sales = new Map<string, Sale>();
  readonly seen = new Map<string, KeptAllowance>();
  readonly items = new Map<string, OutboxItem>();
  state: OfflineState = NOTHING_KNOWN;
  isFull = false;
  writes = 0;
  /** Runs between a decision's reading and its writing: what another window does meanwhile. */
  meanwhile: (() => void) | undefined;

  async load(traceKey: TraceKey, allowance: string): Promise<OfflinePicture> {
    return { sale: this.sales.get(traceKey), state: this.state, seen: this.seen.get(allowance) };
  }

  async change<T>(
    traceKey: TraceKey,
    allowance: string,
    decide: (picture: OfflinePicture) => { readonly change: OfflineChange; readonly value: T },
  ): Promise<T> {
    const other = this.meanwhile;
    this.meanwhile = undefined;
    other?.();
    const { change, value } = decide(structuredClone(await this.load(traceKey, allowance)));
    if (Object.keys(change).length === 0) return value;
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.writes += 1;
    if (change.sale) this.sales.set(traceKey, structuredClone(change.sale));
    if (change.state) this.state = structuredClone(change.state);
    if (change.seen) this.seen.set(allowance, structuredClone(change.seen));
    if (change.outboxItem) this.items.set(change.outboxItem.id, structuredClone(change.outboxItem));
    return value;
  }
}

/** A shop with one till that has just been online. */
export class OfflineShop {
  readonly store = new MemoryStore();
  readonly centre: TestCentre;
  readonly till: TestTerminal;
  terminal: Terminal;
  nowMs = NOW;
  #voucherNo = 0;

  private constructor(centre: TestCentre, till: TestTerminal, terminal: Terminal) {
    this.centre = centre;
    this.till = till;
    this.terminal = terminal;
  }

  static async open(centre: TestCentre): Promise<OfflineShop> {
    const till = await createTestTerminal();
    const certificate = await centre.certifyTerminal(till.key.publicKey);
    await till.adopt(certificate, centre.trust);
    const programme = {
      programme: centre.programme,
      rpId: new URL(ORIGIN).hostname,
      walletOrigin: ORIGIN,
      requestValidSeconds: 120,
      offline: DEFAULT_OFFLINE_SETTINGS,
    } as unknown as ProgrammeAnswer;
    const record = {
      programme,
      pinnedCentreKey: centre.key.publicKey,
      terminalCertificate: certificate,
      operators: [],
      offlineTermsVersion: TERMS_VERSION,
    };
    const shop = new OfflineShop(centre, till, {
      record,
      certificate: till.trusted,
      trust: centre.trust,
      key: till.key,
    });
    shop.sync(NOW);
    return shop;
  }

  /** As a sync leaves it: limits begun anew, and a fresh list with nobody on it. */
  sync(atMs: number): void {
    const takings = { takenMinor: 0, count: 0, syncedAtMs: atMs };
    const revocations = { version: 0, issuedAtMs: atMs, serials: new Set<string>() };
    this.store.state = { takings, revocations, centreTimeMs: atMs };
  }

  change(settings: Partial<typeof DEFAULT_OFFLINE_SETTINGS>, hasAgreed = true): void {
    const { record } = this.terminal;
    const { offlineTermsVersion: _, ...rest } = record;
    const programme = { ...record.programme, offline: { ...record.programme.offline, ...settings } };
    const terms = hasAgreed ? { offlineTermsVersion: TERMS_VERSION } : {};
    this.terminal = { ...this.terminal, record: { ...rest, programme, ...terms } };
  }

  async sell(amountMinor: number, nowMs = this.nowMs): Promise<Sale> {
    this.#voucherNo += 1;
    const cashier = { operatorNo: '01' as OperatorNo, name: 'Alex', expiresAtMs: nowMs + 1e9 } satisfies CashierRecord;
    const numbers = { batchNo: 1 as BatchNo, voucherNo: this.#voucherNo as VoucherNo, next: undefined as never };
    const sale = await createSale(amountMinor as AmountMinor, this.terminal, cashier, numbers, nowMs);
    this.store.sales.set(sale.traceKey, sale);
    return sale;
  }

  /** The customer consents to a sale, now, in the place after `head`, and the till scans it. */
  async scan(sale: Sale, wallet: OfflineWallet, head: ChainHead | 'unchained' = wallet.start): Promise<GivenConsent> {
    const request = unwrap(await this.till.verify(sale.request, sale.requestedAtMs));
    const given = await giveConsent(wallet, request, head, this.nowMs);
    this.charge(sale, given.consent);
    return given;
  }

  charge(sale: Sale, charge: CarriedConsent): void {
    this.store.sales.set(sale.traceKey, { ...sale, state: decideSale(sale.state, { kind: 'charged', charge }) });
  }

  take({ traceKey }: Sale, given: CarriedConsent): Promise<Result<Sale>> {
    return takeConsent({ store: this.store, terminal: this.terminal, nowMs: () => this.nowMs }, traceKey, given);
  }

  /** Sells, has the customer consent, and takes it alone. */
  async sellTo(wallet: OfflineWallet, amountMinor: number, head: ChainHead | 'unchained' = wallet.start) {
    const sale = await this.sell(amountMinor);
    const given = await this.scan(sale, wallet, head);
    return { sale, given, taken: await this.take(sale, given.consent) };
  }

  signList(
    serials: readonly Uint8Array[],
    toVersion: number,
    atMs: number,
    fromVersion = 0,
    participant = this.centre.participant,
  ): Promise<Bytes> {
    const content = {
      programme: this.centre.programme,
      fromVersion,
      toVersion,
      serials: concatBytes(...serials),
      issuedAtSeconds: Math.floor(atMs / 1000),
      participant,
    };
    return signDocument(RevocationList, content, this.centre.key);
  }
}

/** What the customer's phone shows, and its chain after it. */
export interface GivenConsent {
  readonly consent: CarriedConsent;
  readonly hash: Bytes;
  readonly head: ChainHead;
}

export async function giveConsent(
  { wallet, allowance }: OfflineWallet,
  request: VerifiedRequest,
  head: ChainHead | 'unchained',
  nowMs: number,
): Promise<GivenConsent> {
  // Whatever the phone's own rules say: a till meets phones that have none.
  const place = head === 'unchained' ? undefined : placeAfter(allowance, head, request.amountMinor);
  const { accountToken } = wallet.trusted.content;
  const created = await createAuthorisation(request, accountToken, nowMs, wallet.deviceKey, place);
  const response = await wallet.authenticator.assertBytes(created.hash);
  const assertion = encodePasskeyAssertion(unwrap(createPasskeyAssertion(response, created.hash, ORIGIN)));
  return {
    consent: { authorisation: created.document, assertion, walletCertificate: wallet.certificate },
    hash: created.hash,
    head: { counter: place?.counter ?? 0, head: created.hash, cumulativeMinor: place?.cumulativeMinor ?? 0 },
  };
}

function placeAfter(
  allowance: Allowance,
  { counter, head, cumulativeMinor }: ChainHead,
  amountMinor: number,
): ChainPlace {
  const sum = (cumulativeMinor + amountMinor) as AmountMinor;
  return { allowance: allowance.serial, counter: counter + 1, previous: head, cumulativeMinor: sum };
}
