import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite } from '../../../edge/serve/build-site.ts';
import { startServer } from '../../../edge/serve/start-server.ts';
import { ensureBrowser } from './install-browser.ts';

/**
 * Before all browser tests: finds or installs a browser, builds, and starts one demo server with fresh data, whose origin
 * is every test's `baseURL`. A test that needs the books to itself starts its own with `startServer`.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  ensureBrowser();
  await buildSite();
  const dataDir = await mkdtemp(join(tmpdir(), 'browser-tests-'));
  const server = await startServer({ dataDir, demo: true });
  // Test processes start after this and inherit it.
  process.env.TEST_ORIGIN = server.origin;
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
