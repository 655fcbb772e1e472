import { resolve } from 'node:path';
import type { Page, ViewportSize } from '@playwright/test';
import { listSerious } from './list-serious.ts';

const PICTURES = resolve(import.meta.dirname, '../../../test-results/pictures');

/** Nobody looks at pictures there, and they take half the time. */
const isUnattended = Boolean(process.env.CI);

export interface Look {
  /** Folder under test-results/pictures, named by the app. */
  readonly app: string;
  readonly screen: string;
  /** Pictures are taken in each; axe looks in the first. */
  readonly sizes: Readonly<Record<string, ViewportSize>>;
}

/**
 * Takes a picture of the screen in both themes and each size, and asks axe in both themes: a change of look is seen, not
 * guessed. Leaves size and theme as they were. @returns what axe holds to be serious, one line each
 */
export async function lookAt(page: Page, { app, screen, sizes }: Look): Promise<string[]> {
  const before = page.viewportSize()!;
  const told: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [index, [size, viewport]] of Object.entries(sizes).entries()) {
      if (isUnattended && index > 0) break;
      await page.setViewportSize(viewport);
      await settle(page);
      if (!isUnattended)
        await page.screenshot({ path: resolve(PICTURES, app, `${screen}-${size}-${colorScheme}.png`) });
      if (index > 0) continue;
      told.push(...(await listSerious(page, `${screen} in ${colorScheme}`, colorScheme === 'dark')));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  return told;
}

/**
 * Waits until nothing is on its way in or out any more: half-faded words have half their contrast. Signs of waiting (endless)
 * and countdowns (a stroke that shortens) go on moving.
 */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    // An outcome is deaf, and pale, for its first moment.
    const isDeaf = roots.some((root) => root.querySelector('[slot=actions][aria-disabled=true]'));
    const isMoving = roots.some((root) =>
      root.getAnimations().some((animation) => {
        const isCountdown = animation instanceof CSSTransition && animation.transitionProperty === 'stroke-dashoffset';
        const isEndless = animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
        return animation.playState === 'running' && !isCountdown && !isEndless;
      }),
    );
    return !isDeaf && !isMoving;
  });
}
