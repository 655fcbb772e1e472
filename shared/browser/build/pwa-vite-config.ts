import { resolve } from 'node:path';
import type { UserConfig } from 'vite';
import { injectServiceWorker } from './inject-service-worker.ts';

/** First load counts on slow networks; these are kept out of it by being imported only where the scanner opens. */
export type PwaBuild = {
  /** The app's own folder, with index.html, sw.ts and public/. */
  appDirectory: string;
  /** Its folder on the origin and under dist/: `pos` or `wallet`. */
  name: string;
};

/** The one recipe by which both apps are built: the same targets, the same rules of what a page may hold. */
export function createPwaViteConfig({ appDirectory, name }: PwaBuild): UserConfig {
  const outDir = resolve(appDirectory, '../dist', name);
  return {
    root: appDirectory,
    base: `/${name}/`,
    // Lit sets its reactive properties through accessors; class fields of the newer kind would hide them.
    oxc: { typescript: { removeClassFieldsWithoutInitializer: true }, assumptions: { setPublicClassFields: true } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      manifest: true,
      sourcemap: true,
      // The content security policy allows files of the origin and nothing inline: no data: addresses, no polyfill script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    plugins: [injectServiceWorker({ source: resolve(appDirectory, 'sw.ts'), outDir })],
  };
}
