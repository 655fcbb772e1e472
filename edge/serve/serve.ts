import { resolve } from 'node:path';
import { buildSite } from './build-site.ts';
import { parseCommandLine, parseOrigin, parsePort, refuse, runCommand } from './command-line.ts';
import { assertUnused } from './data-directory.ts';
import { runServer } from './run-server.ts';
import type { RunningServer } from './start-server.ts';

/** `npm run serve`: one machine in earnest. The demo is off, and the data directory is all there is to keep. */
const DEFAULT_PORT = 8787;
const usage = {
  call: 'npm run serve -- --data DIR [--origin https://HOST] [--port NUMBER] [--host ADDRESS] [--trust-proxy]',
  about: 'Runs Tandem on one machine in earnest, without the demo.',
  options: {
    '--data DIR': 'where books and secrets are kept; made on the first run',
    '--origin URL': 'what browsers have in their address bar; http://localhost:PORT if left out',
    '--port NUMBER': 'where to listen; 8787 if left out, or the port of an origin on localhost',
    '--host ADDRESS': 'which address to listen on; 127.0.0.1, this machine alone, if left out',
    '--trust-proxy': 'believe X-Forwarded-For: only where a proxy of yours is the one way in',
  },
};
const {
  data,
  port,
  origin,
  host,
  'trust-proxy': trustProxy,
} = parseCommandLine(
  {
    data: { type: 'string' },
    port: { type: 'string' },
    origin: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    'trust-proxy': { type: 'boolean', default: false },
  },
  usage,
);
if (data === undefined) refuse('Say where the data is to be kept.', usage);
const publicOrigin = origin === undefined ? undefined : parseOrigin(origin, usage);
const options = {
  dataDir: resolve(data),
  port: port === undefined ? portOf(publicOrigin) : parsePort(port, usage),
  host,
  origin: publicOrigin,
  // Under another address and reachable from this machine alone, everyone comes through a proxy here, and must be told
  // apart by what it says; listening wider, that would let anyone pass as someone else.
  env: { TRUST_PROXY: trustProxy || (origin !== undefined && host === '127.0.0.1') ? '1' : '' },
};

await runCommand(async () => {
  await assertUnused(options.dataDir);
  await buildSite({ onBuild: () => console.log('Building …') });
  await runServer(options, announce);
});

/** Nothing stands before an origin on this machine: browsers come to its own port. */
function portOf(publicOrigin: string | undefined): number {
  const url = URL.parse(publicOrigin ?? '');
  const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
  return isLocal && url.port !== '' ? Number(url.port) : DEFAULT_PORT;
}

async function announce({ origin, localOrigin, setupCode, claimed }: RunningServer): Promise<void> {
  console.log(`
Tandem serves ${origin}${origin === localOrigin ? '' : ` from ${localOrigin}`}

  The console   ${origin}/centre${claimed ? '' : `   (claim it with the setup code ${setupCode})`}
  The till      ${origin}/pos/
  The wallet    ${origin}/wallet/

Data in ${options.dataDir}: keep its key-secret, and back up the whole folder with the server stopped.
`);
}
