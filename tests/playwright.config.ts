import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/support/find-browser.ts';

// Each test process reads this file anew, after the global setup has installed a browser if there was none.
const executablePath = findBrowser();
const isRoot = process.getuid?.() === 0;

/** What Playwright turns off, for the last list counts; and menus of the browser's own that it would load for every window. */
const DISABLED_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'PreloadTopChromeWebUI',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

const WALKS = ['**/screens.e2e.ts', '**/accessibility.e2e.ts'];

export default defineConfig({
  testDir: 'e2e',
  // The long walks through all screens begin: at the end one process would wait for the other.
  projects: [
    { name: 'screens', testMatch: WALKS },
    { name: 'journeys', testMatch: '**/*.e2e.ts', testIgnore: WALKS },
  ],
  outputDir: '../test-results',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine may stand still for seconds: these find what hangs, and fail nothing that is slow.
  timeout: 180_000,
  retries: process.env.CI ? 2 : 0,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    baseURL: process.env.TEST_ORIGIN,
    // What cannot be clicked says so itself, before the whole test runs out of time.
    actionTimeout: 20_000,
    // Of the second try alone: a trace makes every test take twice as long.
    trace: 'on-first-retry',
    video: 'off',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // The browser's own sandbox cannot be had as root.
      chromiumSandbox: !isRoot,
      args: [
        '--disable-gpu',
        `--disable-features=${DISABLED_FEATURES.join(',')}`,
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
