import { resolve } from 'node:path';
import { buildSite } from './build-site.ts';
import { parseCommandLine, parseOrigin, parsePort, refuse, runCommand } from './command-line.ts';
import { runServer } from './run-server.ts';
import type { RunningServer } from './start-server.ts';

/** `npm run serve`: one machine in earnest. The demo is off, and the data directory is all there is to keep. */
const usage = 'npm run serve -- --data DIR [--port NUMBER] [--origin https://HOST] [--host ADDRESS] [--trust-proxy]';
const {
  data,
  port,
  origin,
  host,
  'trust-proxy': trustProxy,
} = parseCommandLine(
  {
    data: { type: 'string' },
    port: { type: 'string', default: '8787' },
    origin: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    'trust-proxy': { type: 'boolean', default: false },
  },
  usage,
);
if (data === undefined) refuse('Say where the data is to be kept.', usage);
const options = {
  dataDir: resolve(data),
  port: parsePort(port, usage),
  host,
  origin: origin === undefined ? undefined : parseOrigin(origin, usage),
  // Under another address and reachable from this machine alone, everyone comes through a proxy here, and must be told
  // apart by what it says; listening wider, that would let anyone pass as someone else.
  env: { TRUST_PROXY: trustProxy || (origin !== undefined && host === '127.0.0.1') ? '1' : '' },
};

await runCommand(async () => {
  await buildSite();
  await runServer(options, announce);
});

async function announce({ origin, localOrigin, setupCode, claimed }: RunningServer): Promise<void> {
  console.log(`
Tandem serves ${origin}${origin === localOrigin ? '' : ` from ${localOrigin}`}

  The console   ${origin}/centre${claimed ? '' : `   (claim it with the setup code ${setupCode})`}
  The till      ${origin}/pos/
  The wallet    ${origin}/wallet/

Data in ${options.dataDir}: keep its key-secret, and back up the whole folder with the server stopped.
`);
}
