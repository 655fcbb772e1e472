import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import { projectRoot, siteDirectory, workerDirectory, workerdConfigFile } from './project-paths.ts';
import { formatWorkerdConfig, type WorkerSettings } from './workerd-config.ts';

const wranglerConfigFile = join(projectRoot, 'wrangler.toml');
/** The program to run with this Node: what is in node_modules/.bin differs by system. */
export const wranglerCli = resolve(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin/wrangler.js',
);

/**
 * Bundles the worker exactly as a deployment would, into dist/edge, with the configuration for plain workerd beside it.
 * The apps must have been built before: the bundler wants the folder of static files to be there.
 */
export async function bundleWorker(): Promise<void> {
  await rm(workerDirectory, { recursive: true, force: true });
  await mkdir(siteDirectory, { recursive: true });
  // Neither the worker's own code nor the bundler's notes are files to serve.
  await writeFile(join(siteDirectory, '.assetsignore'), 'edge\n.vite\n');
  await runWrangler(['deploy', '--dry-run', '--outdir', workerDirectory]);
  const modules = await listModules();
  await writeFile(workerdConfigFile, formatWorkerdConfig(loadSettings(), modules));
}

async function runWrangler(args: readonly string[]): Promise<void> {
  const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', WRANGLER_WRITE_LOGS: 'false' };
  try {
    await promisify(execFile)(process.execPath, [wranglerCli, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...quiet },
    });
  } catch (error) {
    // The bundler's own words name the file and line at fault; the stack of this process would only bury them.
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The worker could not be bundled.\n${stdout}${stderr}`);
  }
}

async function listModules(): Promise<{ name: string }[]> {
  const files = await readdir(workerDirectory);
  const extras = files.filter((name) => name !== 'worker.js' && !name.endsWith('.map') && !name.endsWith('.md'));
  return ['worker.js', ...extras.sort()].map((name) => ({ name }));
}

type DurableObjectBinding = { name: string; class_name: string };

function toSetting({ name, class_name }: DurableObjectBinding): { binding: string; className: string } {
  return { binding: name, className: class_name };
}

function loadSettings(): WorkerSettings {
  const config = unstable_readConfig({ config: wranglerConfigFile });
  if (!config.compatibility_date || !config.assets?.binding)
    throw new Error('wrangler.toml lacks a date or its assets.');
  return {
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    durableObjects: (config.durable_objects.bindings as DurableObjectBinding[]).map(toSetting),
    assetsBinding: config.assets.binding,
    textBindings: [...Object.keys(config.vars), ...(config.secrets?.required ?? [])],
  };
}
