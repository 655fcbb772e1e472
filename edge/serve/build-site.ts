import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, siteDirectory, workerDirectory, workerdConfigFile } from './project-paths.ts';
import { fingerprintSources } from './source-fingerprint.ts';

const apps = ['pos-pwa', 'wallet-pwa'];
const stampFile = join(workerDirectory, 'sources.sha256');

/** Builds both apps and the worker into dist/, unless what is there was already made from the sources as they are now. */
export async function buildSite({ force = false } = {}): Promise<{ built: boolean }> {
  const fingerprint = await fingerprintSources();
  if (!force && (await isBuiltFrom(fingerprint))) return { built: false };
  // Loading the tools takes longer than seeing that there is nothing to do.
  const [{ build }, { bundleWorker }] = await Promise.all([import('vite'), import('./bundle-worker.ts')]);
  // One after the other: a small machine gains nothing from both at once, and messages stay in order.
  for (const app of apps) {
    await build({
      configFile: join(projectRoot, app, 'vite.config.ts'),
      root: join(projectRoot, app),
      logLevel: 'warn',
    });
  }
  await bundleWorker();
  await writeFile(stampFile, fingerprint);
  return { built: true };
}

async function isBuiltFrom(fingerprint: string): Promise<boolean> {
  // Both are written last, after everything they stand for.
  if (!existsSync(stampFile) || !existsSync(workerdConfigFile)) return false;
  const builtApps = ['pos', 'wallet'].every((app) => existsSync(join(siteDirectory, app, 'index.html')));
  return builtApps && (await readFile(stampFile, 'utf8')) === fingerprint;
}
