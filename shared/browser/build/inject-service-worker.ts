import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { injectManifest } from 'workbox-build';

type ServiceWorkerOptions = {
  /** The service worker's TypeScript; it must name `self.__WB_MANIFEST` once. */
  source: string;
  /** Where the built app is, and where sw.js goes. */
  outDir: string;
};

/** What the app needs to open without a network. Pictures for the installation dialogue are not among it. */
const precachedFiles = ['**/*.{html,js,css,svg,png,ico,woff2,wasm,webmanifest,json,mp3}'];
const unneededFiles = ['sw.js', 'screenshots/**', '.vite/**'];
/** The scanner's WebAssembly is the largest file, about 1 MB; anything past this is a mistake that should stop the build. */
const fileBytesMax = 2 * 1024 * 1024;

/**
 * After the app is built: bundles its service worker to sw.js, with the list of all files to precache written into it.
 * It comes last, as the list holds the hash of every other file.
 */
export function injectServiceWorker({ source, outDir }: ServiceWorkerOptions): Plugin {
  return {
    name: 'inject-service-worker',
    apply: 'build',
    closeBundle: {
      order: 'post',
      async handler() {
        const bundleDirectory = await mkdtemp(join(tmpdir(), 'service-worker-'));
        try {
          await bundleServiceWorker(source, bundleDirectory);
          await writeWithPrecacheList(join(bundleDirectory, 'sw.js'), outDir);
        } finally {
          await rm(bundleDirectory, { recursive: true, force: true });
        }
      },
    },
  };
}

async function bundleServiceWorker(source: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // One classic script: service workers as modules are not everywhere yet.
      rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}

async function writeWithPrecacheList(bundle: string, outDir: string): Promise<void> {
  const { warnings } = await injectManifest({
    swSrc: bundle,
    swDest: join(outDir, 'sw.js'),
    globDirectory: outDir,
    globPatterns: precachedFiles,
    globIgnores: unneededFiles,
    maximumFileSizeToCacheInBytes: fileBytesMax,
    // Their names hold a hash already.
    dontCacheBustURLsMatching: /assets\/.+-[\w-]{8}\.\w+$/,
  });
  if (warnings.length > 0) throw new Error(`The precache list is not whole: ${warnings.join(' ')}`);
}
