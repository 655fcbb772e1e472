import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findBrowser } from './find-browser.ts';

/**
 * Makes sure there is a browser to test in: one that is installed already, else Debian's own package where we may install
 * it, else the test runner's download. Throws with what to do when none of these works.
 */
export function ensureBrowser(): string {
  return findBrowser() ?? installBrowser();
}

function installBrowser(): string {
  console.log('No Chrome or Chromium found: installing one.');
  if (isDebian() && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
    run(process.execPath, [cli, 'install', 'chromium']);
  }
  const browser = findBrowser();
  if (browser !== undefined) return browser;
  throw new Error(
    'No browser could be installed. Install Chrome or Chromium, or name one in CHROME_PATH, and try again.',
  );
}

function isDebian(): boolean {
  return existsSync('/etc/debian_version');
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
