import type { BrowserContext } from '@playwright/test';
import { drawCode } from '../../../../shared/browser/elements/draw-code.ts';

/** The code of a link as a till's screen shows it: PNG, made by the browser itself. */
export async function drawPicture(context: BrowserContext, link: string, sidePx = 520): Promise<Buffer> {
  const { path, sizeModules } = drawCode(link);
  const page = await context.newPage();
  await page.setViewportSize({ width: sidePx, height: sidePx });
  await page.setContent(
    `<body style="margin:0;background:#fff"><svg width="${sidePx}" viewBox="0 0 ${sizeModules} ${sizeModules}" shape-rendering="crispEdges"><path d="${path}"/></svg></body>`,
  );
  const png = await page.screenshot();
  await page.close();
  return png;
}
