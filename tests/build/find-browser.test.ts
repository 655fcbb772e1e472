import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../e2e/support/find-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-browser-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function createProgram(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

describe('the browser to test in', () => {
  const program = createProgram('chromium');

  it('is found on the path', () => {
    expect(findBrowser({ PATH: ['/nowhere', folder].join(delimiter) })).toBe(program);
  });

  it('is the one CHROME_PATH names, whatever else there is', () => {
    const chosen = createProgram('my-browser');
    expect(findBrowser({ PATH: folder, CHROME_PATH: chosen })).toBe(chosen);
  });

  it('is not guessed when CHROME_PATH names nothing to run', () => {
    expect(() => findBrowser({ PATH: folder, CHROME_PATH: '/nowhere/chrome' })).toThrow('/nowhere/chrome');
  });
});
