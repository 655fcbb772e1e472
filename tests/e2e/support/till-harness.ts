import { takeConsent } from '../../../pos-pwa/offline/take-consent.ts';
import { createSale } from '../../../pos-pwa/sale/create-sale.ts';
import { localDay } from '../../../pos-pwa/sale/local-day.ts';
import { OfflineRecords } from '../../../pos-pwa/storage/offline-records.ts';
import { SaleStore } from '../../../pos-pwa/storage/sale-store.ts';
import { TerminalStore } from '../../../pos-pwa/storage/terminal-store.ts';
import { openTillDatabase } from '../../../pos-pwa/storage/till-database.ts';
import { type Terminal, verifyTerminal } from '../../../pos-pwa/till/terminal.ts';
import { KeyStore } from '../../../shared/browser/storage/key-store.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';

/** A request of the till's, as a customer's phone gets it. */
export interface HarnessRequest {
  readonly traceKey: string;
  readonly request: string;
  readonly terminalCertificate: string;
}

/** A phone's consent to it; documents in base64url. */
export interface HarnessConsent {
  readonly traceKey: string;
  readonly authorisation: string;
  readonly assertion: string;
  readonly walletCertificate: string;
}

/** The activated till of this origin without its screens: its database, its key, and the code that sells with no network. */
export interface TillHarness {
  /** Makes and stores a sale of each amount. */
  sell(amountsMinor: readonly number[]): Promise<readonly HarnessRequest[]>;
  /** Takes each alone: on the disk with its item of the outbox. @throws what one is refused for */
  take(consents: readonly HarnessConsent[]): Promise<void>;
}

declare global {
  interface Window {
    till: TillHarness;
  }
}

const database = openTillDatabase();
const sales = new SaleStore(database);

window.till = {
  async sell(amountsMinor) {
    const { terminal, cashier } = await openTill();
    const made: HarnessRequest[] = [];
    for (const amountMinor of amountsMinor) {
      const nowMs = Date.now();
      const voucher = await sales.takeVoucher(localDay(nowMs));
      const sale = await createSale(amountMinor as AmountMinor, terminal, cashier, voucher, nowMs);
      await sales.add(sale);
      const { traceKey } = sale;
      const [request, terminalCertificate] = [sale.request, sale.terminalCertificate].map(encodeBase64url);
      made.push({ traceKey, request: request!, terminalCertificate: terminalCertificate! });
    }
    return made;
  },
  async take(consents) {
    const { terminal } = await openTill();
    const store = new OfflineRecords(database);
    for (const { traceKey, ...texts } of consents) {
      const consent = {
        authorisation: decodeBase64url(texts.authorisation)!,
        assertion: decodeBase64url(texts.assertion)!,
        walletCertificate: decodeBase64url(texts.walletCertificate)!,
      };
      await sales.applyEvents(traceKey as TraceKey, [{ kind: 'charged', charge: consent }]);
      const taken = await takeConsent({ store, terminal, nowMs: Date.now }, traceKey as TraceKey, consent);
      if (!taken.ok) throw new Error(`${traceKey} was not taken: ${taken.code}`);
    }
  },
};

async function openTill() {
  const { terminal: record, cashier } = await new TerminalStore(database).load();
  const key = await new KeyStore('pos').loadSigningKey('terminal');
  const terminal = record && key && (await verifyTerminal(record, key));
  if (!terminal?.ok || !cashier) throw new Error('There is no till with a cashier here.');
  return { terminal: terminal.value satisfies Terminal, cashier };
}
