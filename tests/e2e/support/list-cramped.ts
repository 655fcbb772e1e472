import type { Page, ViewportSize } from '@playwright/test';

export interface Room {
  /** Sizes by what they stand for: "a narrow phone". */
  readonly sizes: Readonly<Record<string, ViewportSize>>;
  readonly directions: readonly ('ltr' | 'rtl')[];
  /** The least that a finger needs, both ways. */
  readonly targetPxMin: number;
}

/**
 * What does not fit: pages wider than the window, and buttons and links smaller than a finger, in each size and direction.
 * Leaves both as they were. @returns one line each
 */
export async function listCramped(page: Page, screen: string, room: Room): Promise<string[]> {
  const before = page.viewportSize()!;
  const told: string[] = [];
  for (const direction of room.directions) {
    await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction);
    for (const [size, viewport] of Object.entries(room.sizes)) {
      await page.setViewportSize(viewport);
      const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const small = await listSmallTargets(page, room.targetPxMin);
      const where = `${screen} on ${size}, ${direction}`;
      if (overflowPx > 0) told.push(`${where}: ${overflowPx} px too wide`);
      told.push(...small.map((words) => `${where}: ${words}`));
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  await page.setViewportSize(before);
  return told;
}

function listSmallTargets(page: Page, targetPxMin: number): Promise<string[]> {
  const targets = page.getByRole('button').or(page.getByRole('link'));
  return targets.evaluateAll(
    (elements, pxMin) =>
      elements
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < pxMin || box.height < pxMin))
        .map(({ element, box }) => {
          const name = element.getAttribute('aria-label') ?? element.textContent.trim();
          return `${name} is ${Math.round(box.width)} x ${Math.round(box.height)} px`;
        }),
    targetPxMin,
  );
}
