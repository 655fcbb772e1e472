import type { Page, Worker } from '@playwright/test';
import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import { showToCamera } from './support/camera.ts';
import { expect, test } from './support/fixtures.ts';

test.describe('The scanner’s thorough reader', () => {
  test('reads what the camera sees, alone if need be, and comes from nowhere but here', async ({ till, wallet }) => {
    const elsewhere: string[] = [];
    wallet.page.on('request', (request) => {
      if (!request.url().startsWith(wallet.origin) && /^(https?|wss?):/.test(request.url()))
        elsewhere.push(request.url());
    });
    let isAlone = false;
    await wallet.page.route('**/assets/zxing-worker-*.js', (route) => {
      isAlone = true;
      return route.abort();
    });
    await till.charge('6.10');
    await wallet.scan(await till.pictureOfCode(), { rotation: 17, perspective: 0.2, blur: 1.5 });
    await wallet.expectConsent('Corner Café', '6.10');
    expect(isAlone).toBe(true);
    expect(elsewhere).toEqual([]);
  });

  test('is there with the network cut', async ({ till, createWallet }) => {
    const wallet = await createWallet({ serviceWorkers: 'allow' });
    await wallet.signUp();
    await till.charge('7.20');
    const picture = await till.pictureOfCode();
    await wallet.page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => wallet.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await wallet.page.context().setOffline(true);
    await wallet.page.reload();

    await wallet.openScanner();
    const reader = await findThoroughReader(wallet.page);
    // The binary, whole: its megabyte is not worth a fetch for anything else.
    await expect.poll(() => listBinaries(reader)).toEqual([expect.closeTo(950_000, -5)]);
    const scanned = wallet.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('tandem-scan', (event) => resolve((event as CustomEvent<ScannedText>).detail.text), {
            once: true,
          });
        }),
    );
    await showToCamera(wallet.page, picture);
    expect(await scanned).toContain('/wallet/p/#');
  });
});

async function findThoroughReader(page: Page): Promise<Worker> {
  const find = () => page.workers().find((worker) => worker.url().includes('/assets/thorough-worker-'));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find()!;
}

/** @returns how many bytes of WebAssembly the worker has fetched */
function listBinaries(worker: Worker): Promise<number[]> {
  return worker.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.wasm'))
      .map(({ decodedBodySize }) => decodedBodySize),
  );
}
