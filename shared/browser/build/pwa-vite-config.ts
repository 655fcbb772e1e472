import { readFileSync } from 'node:fs';
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
  const treeshake = { moduleSideEffects: hasSideEffects };
  return {
    root: appDirectory,
    base: `/${name}/`,
    define: { __TANDEM_VERSION__: JSON.stringify(readVersion()) },
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
      rolldownOptions: { treeshake, output: { codeSplitting: { groups: [firstLoad] } } },
    },
    worker: { format: 'es', rolldownOptions: { treeshake } },
    plugins: [injectServiceWorker({ source: resolve(appDirectory, 'sw.ts'), outDir })],
  };
}

/**
 * All that the entry imports, in one file beside it: left to themselves those are forty, each asked for by itself, and compressed
 * by itself a sixth larger. Not the entry: it waits for screens that are loaded later, and those must not wait for it.
 */
const firstLoad = {
  name: 'first-load',
  tags: ['$initial'],
  test: (id: string) => !/[\\/](index\.html|main\.ts)$/.test(id),
};

/** These packages do not say that they are free of side effects; taken at their word the reader's worker is 124 kB instead of 30. */
function hasSideEffects(id: string): boolean {
  return !/node_modules\/(@zxing|qrcode|dijkstrajs)\//.test(id);
}

function readVersion(): string {
  const text = readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
