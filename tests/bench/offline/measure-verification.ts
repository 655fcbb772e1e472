import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../e2e/support/find-browser.ts';
import { percentileOf } from './percentile.ts';
import type {} from './verification-harness.ts';

/** A page of a secure origin that nobody serves: what it asks for is answered here. */
const ORIGIN = 'http://localhost:1';
const WARM_UP = 20;
const VERIFIED = 'verified: five signatures';
/** All that is between the code and the word "accepted". */
export const TAKEN = 'verified, decided, accepted and on the disk';

export interface VerificationMeasured {
  readonly name: string;
  /** How many times slower the processor is made. */
  readonly slowness: number;
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly tookMs: readonly number[];
}

/**
 * How long a till takes over one offline payment, in a real browser with the till's own code and database; and the same with the
 * processor slowed down as on a cheap tablet.
 */
export async function measureVerification(count: number): Promise<VerificationMeasured[]> {
  const bundle = await bundleHarness();
  const executablePath = findBrowser();
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), chromiumSandbox: !isRoot });
  try {
    const measured: VerificationMeasured[] = [];
    for (const slowness of [1, 4]) measured.push(...(await measureSlowed(browser, bundle, slowness, count)));
    return measured;
  } finally {
    await browser.close();
  }
}

async function measureSlowed(browser: Browser, bundle: string, slowness: number, count: number) {
  const page = await openPage(browser, bundle);
  await page.evaluate((all) => window.verification.prepare(all), count + WARM_UP);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const verify = await measureOne(page, 'verify', count);
  const take = await measureOne(page, 'take', count);
  await page.context().close();
  return [summarize(VERIFIED, slowness, verify), summarize(TAKEN, slowness, take)];
}

/** One after the other, with a pause as between two customers, in which the page may tidy up. */
function measureOne(page: Page, step: 'verify' | 'take', count: number): Promise<number[]> {
  return page.evaluate(
    async ([what, warmUp, all]) => {
      const tookMs: number[] = [];
      for (let index = 0; index < warmUp + all; index += 1) {
        tookMs.push(await window.verification[what](index));
        await new Promise((done) => setTimeout(done, 5));
      }
      return tookMs.slice(warmUp);
    },
    [step, WARM_UP, count] as const,
  );
}

function summarize(name: string, slowness: number, tookMs: readonly number[]): VerificationMeasured {
  const at = percentileOf(Float64Array.from(tookMs));
  return { name, slowness, count: tookMs.length, medianMs: at(0.5), p95Ms: at(0.95), tookMs };
}

async function openPage(browser: Browser, bundle: string): Promise<Page> {
  const context = await browser.newContext();
  await context.route(`${ORIGIN}/**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: bundle })
      : route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/harness.js"></script>' }),
  );
  const page = await context.newPage();
  await page.goto(ORIGIN);
  await page.waitForFunction(() => 'verification' in window);
  return page;
}

async function bundleHarness(): Promise<string> {
  const entry = resolve(import.meta.dirname, 'verification-harness.ts');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['es'] } },
  });
  const [{ output }] = built as unknown as [{ output: { code: string }[] }];
  return output[0]!.code;
}
