import type { Page } from '@playwright/test';

declare global {
  interface Window {
    testAnnouncements: string[];
  }
}

/**
 * Writes down what a screen reader says by itself: each change of text inside a live region, in whatever shadow root. Call
 * before the page loads.
 */
export async function recordAnnouncements(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const LIVE = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
    const said: string[] = [];
    window.testAnnouncements = said;
    const lastOf = new WeakMap<Element, string>();
    const observer = new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
        const text = region?.textContent.trim().replaceAll(/\s+/g, ' ');
        if (!region || text === undefined || lastOf.get(region) === text) continue;
        lastOf.set(region, text);
        if (text !== '') said.push(text);
      }
    });
    const watch = (root: Node) => observer.observe(root, { subtree: true, childList: true, characterData: true });
    watch(document);
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function attachWatched(options) {
      const root = attachShadow.call(this, options);
      watch(root);
      return root;
    };
  });
}

export function readAnnouncements(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.testAnnouncements);
}
