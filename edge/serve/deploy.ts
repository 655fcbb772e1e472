import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildSite } from './build-site.ts';
import { wranglerCli } from './bundle-worker.ts';
import { parseCommandLine, parseOrigin, refuse, runCommand } from './command-line.ts';
import { createKeySecret, createSetupCode } from './create-secrets.ts';
import { projectRoot } from './project-paths.ts';

/** `npm run deploy`: the same worker on Cloudflare. The first deployment carries the secrets; later ones keep them. */
const usage = {
  call: 'npm run deploy -- --origin https://HOST [--secrets FILE] [--dry-run]',
  about: 'Puts the same worker on Cloudflare.',
  options: {
    '--origin URL': 'the address under which the apps are opened; passkeys are bound to it',
    '--secrets FILE': 'carries the secrets in FILE along, and makes it on the first deployment',
    '--dry-run': 'builds and checks, and deploys nothing',
  },
};
const options = parseCommandLine(
  { origin: { type: 'string' }, secrets: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  usage,
);
if (options.origin === undefined)
  refuse('Say under which address the apps will be opened: passkeys are bound to it.', usage);
const publicOrigin = parseOrigin(options.origin, usage);

await runCommand(async () => {
  await buildSite({ force: true, onBuild: () => console.log('Building …') });
  const args = ['deploy', '--var', `PUBLIC_ORIGIN:${publicOrigin}`];
  if (options['dry-run']) args.push('--dry-run');
  if (options.secrets !== undefined) args.push('--secrets-file', await openSecretsFile(resolve(options.secrets)));
  const { status } = spawnSync(process.execPath, [wranglerCli, ...args], { cwd: projectRoot, stdio: 'inherit' });
  process.exitCode = status ?? 1;
});

/** Makes the file at the first deployment: keep it apart from the project, as nobody can read the keys without it. */
async function openSecretsFile(file: string): Promise<string> {
  if (existsSync(file)) return file;
  const secrets = { KEY_SECRET: createKeySecret(), SETUP_CODE: createSetupCode() };
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  console.log(
    `New secrets in ${file}: keep it safe. The console is claimed with the setup code ${secrets.SETUP_CODE}.`,
  );
  return file;
}
