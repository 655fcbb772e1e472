import type { Locator } from '@playwright/test';

/** The pairs of name and value that a screen shows, in order. */
export async function readFacts(scope: Locator): Promise<Record<string, string>> {
  const names = await scope.locator('dl dt').allTextContents();
  const values = await scope.locator('dl dd').allTextContents();
  return Object.fromEntries(names.map((name, index) => [name.trim(), values[index]!.trim()]));
}
