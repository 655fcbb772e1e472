import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot, siteDirectory } from './project-paths.ts';

const clientDirectory = join(projectRoot, 'edge/console/client');

/**
 * Bundles the few files that the server-rendered console gives to browsers: one script, one style sheet, and what is in
 * its public folder. Their names are fixed, as the pages are not built and could not know others.
 */
export async function buildConsole(): Promise<void> {
  await build({
    configFile: false,
    root: clientDirectory,
    base: '/centre/',
    publicDir: join(clientDirectory, 'public'),
    logLevel: 'warn',
    build: {
      outDir: join(siteDirectory, 'centre'),
      emptyOutDir: true,
      target: 'es2022',
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: { console: join(clientDirectory, 'console.ts'), sheet: join(clientDirectory, 'console.css') },
        output: { entryFileNames: '[name].js', assetFileNames: 'console[extname]' },
      },
    },
  });
}
