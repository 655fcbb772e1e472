import { takeConsent } from '../../../pos-pwa/offline/take-consent.ts';
import { verifyConsent } from '../../../pos-pwa/offline/verify-consent.ts';
import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import { OfflineRecords } from '../../../pos-pwa/storage/offline-records.ts';
import { SaleStore } from '../../../pos-pwa/storage/sale-store.ts';
import { openTillDatabase } from '../../../pos-pwa/storage/till-database.ts';
import type { Terminal } from '../../../pos-pwa/till/terminal.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { RevocationList } from '../../../shared/protocol/documents/revocation-list.ts';
import { verifyWalletCertificate } from '../../../shared/protocol/payment/certificates.ts';
import { DEFAULT_OFFLINE_SETTINGS, TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import { unwrap } from '../../support/devices.ts';
import { createOfflineScene, type OfflineConsent, type OfflineScene } from './offline-scene.ts';

/** The till's own code in a page that consists of nothing else: its database, its records, and what takes a consent. */
export interface VerificationHarness {
  /** Makes and stores so many sales, each with a customer's consent, ready to be taken. */
  prepare(count: number): Promise<void>;
  /** All signatures of one, nothing stored. @returns milliseconds */
  verify(index: number): Promise<number>;
  /** Verified, decided, accepted and on the disk. @returns milliseconds */
  take(index: number): Promise<number>;
}

declare global {
  interface Window {
    verification: VerificationHarness;
  }
}

const AMOUNT_MINOR = 100;
const LIMIT_MINOR = 10_000;

class Harness implements VerificationHarness {
  readonly #database = openTillDatabase();
  readonly #sales: Sale[] = [];
  readonly #consents: OfflineConsent[] = [];
  #terminal: Terminal | undefined;

  async prepare(count: number): Promise<void> {
    const nowMs = Date.now();
    let scene: OfflineScene | undefined;
    while (this.#sales.length < count) {
      if (!scene || this.#sales.length % BOUNDS.allowanceCountMax === 0) {
        const { origin } = location;
        const countMax = BOUNDS.allowanceCountMax;
        scene = await createOfflineScene({ nowMs, origin, limitMinor: LIMIT_MINOR, countMax, beside: scene });
      }
      const consent = await scene.consent(AMOUNT_MINOR);
      const sale = await createSale(scene, consent, nowMs, this.#sales.length + 1);
      await new SaleStore(this.#database).add(sale);
      this.#sales.push(sale);
      this.#consents.push(consent);
    }
    const list = unwrap(decodeDocument(RevocationList, await scene!.revocations(20))).content;
    await new OfflineRecords(this.#database).syncState(nowMs, { lists: [list], accepted: [] });
    this.#terminal = createTerminal(scene!);
  }

  async verify(index: number): Promise<number> {
    const [sale, { payload }, terminal] = [this.#sales[index]!, this.#consents[index]!, this.#terminal!];
    const startedMs = performance.now();
    const wallet = unwrap(await verifyWalletCertificate(payload.walletCertificate, terminal.trust));
    unwrap(await verifyConsent(payload, { sale, wallet, terminal, nowMs: Date.now() }));
    return performance.now() - startedMs;
  }

  async take(index: number): Promise<number> {
    const parts = { store: new OfflineRecords(this.#database), terminal: this.#terminal!, nowMs: Date.now };
    const startedMs = performance.now();
    const taken = await takeConsent(parts, this.#sales[index]!.traceKey, this.#consents[index]!.payload);
    const tookMs = performance.now() - startedMs;
    if (unwrap(taken).state.status !== 'accepted') throw new Error('It was not accepted.');
    return tookMs;
  }
}

async function createSale(
  { terminal }: OfflineScene,
  { request }: OfflineConsent,
  nowMs: number,
  voucherNo: number,
): Promise<Sale> {
  const verified = unwrap(await terminal.verify(request.document, nowMs));
  const { batchNo, operatorNo, amountMinor, requestedAtMs, expiresAtMs, traceKey } = verified;
  return {
    traceKey,
    batchNo,
    voucherNo: voucherNo as never,
    operatorNo,
    operatorName: 'Alex',
    amountMinor,
    currency: { code: verified.currency, exponent: verified.exponent },
    shopName: 'Corner Café',
    request: request.document,
    requestHash: request.hash,
    terminalCertificate: terminal.certificate,
    requestedAtMs,
    expiresAtMs,
    state: { status: 'made' },
  };
}

function createTerminal({ centre, terminal }: OfflineScene): Terminal {
  const offline = { ...DEFAULT_OFFLINE_SETTINGS, tillPerAllowanceMinor: LIMIT_MINOR };
  const programme = { programme: centre.programme, rpId: location.hostname, walletOrigin: location.origin, offline };
  const record = { programme, offlineTermsVersion: TERMS_VERSION } as unknown as Terminal['record'];
  return { record, certificate: terminal.trusted, trust: centre.trust, key: terminal.key };
}

window.verification = new Harness();
