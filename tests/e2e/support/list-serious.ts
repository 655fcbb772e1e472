import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds on the page that is serious or critical, one line each.
 * @param isColoursOnly where the same page was looked at before in another theme
 */
export async function listSerious(page: Page, screen: string, isColoursOnly = false): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (isColoursOnly ? axe.withRules(['color-contrast']) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
