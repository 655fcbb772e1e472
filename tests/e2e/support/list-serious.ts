import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds on the page, by WCAG 2.2 AA and good practice, that is serious or critical: one line each.
 * @param isColoursOnly where the same page was looked at before in another theme
 */
export async function listSerious(page: Page, screen: string, isColoursOnly = false): Promise<string[]> {
  // What is in order need not be written down at length: that is most of the time it takes.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (isColoursOnly ? axe.withRules(['color-contrast']) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
