import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import { verifyTerminalCertificate } from '../../../shared/protocol/payment/certificates.ts';
import { verifyRequest } from '../../../shared/protocol/payment/verify-request.ts';
import type { OfflinePhone } from '../../faults/support/offline-phone.ts';
import { openPhone } from '../../faults/support/offline-shop.ts';
import { ApiClient } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import { registerWallet, trustOf } from '../../support/enrol.ts';
import type { HarnessConsent, HarnessRequest } from './till-harness.ts';

/** A customer with an allowance, whose phone has no screen. */
export interface Customer {
  readonly phone: OfflinePhone;
  readonly trust: CentreTrust;
}

export async function createCustomer(origin: string): Promise<Customer> {
  const wallet = await registerWallet(new ApiClient((request) => fetch(request), origin));
  const trust = await trustOf(wallet.answer.programme);
  return { phone: await openPhone(wallet, trust), trust };
}

/**
 * Sales with no network on either side: the till's own code makes and takes them, on a page of its origin that has none of its
 * screens. They stand in its database and its outbox afterwards, as if a cashier had sold them.
 * @param page of the till's profile; the till itself is not open
 */
export async function queueSales(
  page: Page,
  { phone, trust }: Customer,
  amountsMinor: readonly number[],
): Promise<void> {
  const made = await page.evaluate((amounts) => window.till.sell(amounts), amountsMinor);
  const consents: HarnessConsent[] = [];
  for (const sale of made) consents.push(await consentTo(sale, phone, trust));
  await page.evaluate((given) => window.till.take(given), consents);
}

export async function loadTillHarness(page: Page): Promise<void> {
  const entry = resolve(import.meta.dirname, 'till-harness.ts');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'harness' } },
  });
  const [{ output }] = built as unknown as [{ output: { code: string }[] }];
  await page.evaluate(output[0]!.code);
}

async function consentTo(sale: HarnessRequest, phone: OfflinePhone, trust: CentreTrust): Promise<HarnessConsent> {
  const nowMs = Date.now();
  const terminal = unwrap(await verifyTerminalCertificate(decodeBase64url(sale.terminalCertificate)!, trust));
  const request = unwrap(await verifyRequest(decodeBase64url(sale.request)!, terminal, nowMs));
  const { authorisation, assertion, walletCertificate } = await phone.consent(request, nowMs);
  return {
    traceKey: sale.traceKey,
    authorisation: encodeBase64url(authorisation),
    assertion: encodeBase64url(assertion),
    walletCertificate: encodeBase64url(walletCertificate),
  };
}
