import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// The secrets of the tests are bindings below, which the bundler cannot know: it would warn of them for every file.
process.env.WRANGLER_LOG ??= 'error';

const root = resolve(import.meta.dirname, '..');

// The bindings name the folder of static files, which a fresh clone lacks; the worker's own tests need nothing in it.
mkdirSync(resolve(root, 'dist'), { recursive: true });

/** What the worker is configured with inside tests. Nothing here is a secret of any real centre. */
const testBindings = {
  PUBLIC_ORIGIN: 'http://localhost:8787',
  POS_ORIGIN: '',
  WALLET_ORIGIN: '',
  DEMO: '1',
  BENCH: '',
  TRUST_PROXY: '',
  KEY_SECRET: 'dGVzdHMgb25seTogdGhpcnR5LXR3byBieXRlcyAhISE',
  SETUP_CODE: 'TEST-ABCD-2345',
};

export default defineConfig({
  root,
  test: {
    // Where nobody looks on, what a shared machine upset is tried once more; at a desk a test that fails by chance must be seen.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          isolate: false,
          include: ['tests/*.test.ts', 'tests/{shared,pos-pwa,wallet-pwa}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        plugins: [
          cloudflareTest({
            wrangler: { configPath: resolve(root, 'wrangler.toml') },
            miniflare: { bindings: testBindings },
          }),
        ],
        test: {
          name: 'worker',
          // Two runtimes for all files: starting one for each took longer than the tests in it.
          isolate: false,
          maxWorkers: 2,
          // After the unit tests, for these have their own number of workers.
          sequence: { groupOrder: 1 },
          setupFiles: ['tests/edge/support/begin-afresh.ts'],
          include: ['tests/edge/**/*.test.{ts,tsx}'],
          exclude: ['tests/edge/serve/**'],
          // A shared machine may stand still for seconds: a test that hangs is found by this, a slow one is not failed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          // What runs on the built worker in plain workerd, and what measures the build.
          name: 'built',
          include: ['tests/{edge/serve,faults,build}/**/*.test.ts'],
          globalSetup: ['tests/build/build-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
