import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, siteDirectory, workerDirectory, workerdConfigFile } from './project-paths.ts';
import { fingerprintSources } from './source-fingerprint.ts';

const apps = ['pos-pwa', 'wallet-pwa'];
const stampFile = join(workerDirectory, 'sources.sha256');

export interface BuildOptions {
  readonly force?: boolean;
  readonly onBuild?: () => void;
}

/**
 * Builds both apps, the console's files and the worker into dist/, unless what is there was made from the sources as they
 * are now. Says by `onBuild` that there is something to build, which takes a while.
 */
export async function buildSite({ force = false, onBuild }: BuildOptions = {}): Promise<{ built: boolean }> {
  const fingerprint = await fingerprintSources();
  if (!force && (await isBuiltFrom(fingerprint))) return { built: false };
  onBuild?.();
  await withProductionEnvironment(buildAll);
  await writeFile(stampFile, fingerprint);
  return { built: true };
}

/** One after the other: a small machine gains nothing from all at once, and messages stay in order. */
async function buildAll(): Promise<void> {
  // Imported late: loading the tools takes longer than seeing that there is nothing to do.
  const { build } = await import('vite');
  const { buildConsole } = await import('./build-console.ts');
  const { bundleWorker } = await import('./bundle-worker.ts');
  for (const app of apps) {
    const root = join(projectRoot, app);
    await build({ configFile: join(root, 'vite.config.ts'), root, logLevel: 'warn' });
  }
  await buildConsole();
  await bundleWorker();
}

/** Test runners set NODE_ENV, and libraries would then come in their slow, talkative development form. */
async function withProductionEnvironment(run: () => Promise<void>): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function isBuiltFrom(fingerprint: string): Promise<boolean> {
  // Both are written last, after everything they stand for.
  if (!existsSync(stampFile) || !existsSync(workerdConfigFile)) return false;
  const builtApps = ['pos', 'wallet'].every((app) => existsSync(join(siteDirectory, app, 'index.html')));
  return builtApps && (await readFile(stampFile, 'utf8')) === fingerprint;
}
