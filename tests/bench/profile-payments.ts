import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDataDirectory } from '../../edge/serve/data-directory.ts';
import { findFreePort } from '../../edge/serve/free-port.ts';
import { siteDirectory, workerdConfigFile } from '../../edge/serve/project-paths.ts';
import type { RunningServer } from '../../edge/serve/start-server.ts';
import { type CpuProfile, recordCpuProfile } from './cpu-profile.ts';
import { measurePayments } from './measure-payments.ts';
import { enrolBench } from './open-bench.ts';
import type { BenchOptions } from './options.ts';

/** The package of the runtime ships no types; its export is the path of the program for this machine. */
const workerdProgram = (createRequire(import.meta.url)('workerd') as { default: string }).default;

const IN_FLIGHT = 32;
const FUNCTIONS_SHOWN = 45;

/**
 * Where the server's time goes while it takes payments: V8's own sampling, over the inspector of a server of its own, which
 * is somewhat slower than one without. @returns a table, most first
 */
export async function profilePayments({ payments }: BenchOptions): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-profile-'));
  const host = '127.0.0.1';
  const [port, inspectorPort] = [await findFreePort(host), await findFreePort(host)];
  const data = await openDataDirectory(dataDir);
  const origin = `http://localhost:${port}`;
  const empty = { POS_ORIGIN: '', WALLET_ORIGIN: '', DEMO: '', GROUP_COMMIT: '', TRUST_PROXY: '' };
  const secrets = { KEY_SECRET: data.keySecret, SETUP_CODE: data.setupCode };
  const child = spawn(
    workerdProgram,
    [
      'serve',
      workerdConfigFile,
      `--socket-addr=http=${host}:${port}`,
      `--directory-path=assets=${siteDirectory}`,
      `--directory-path=storage=${data.objectsDirectory}`,
      `--inspector-addr=${host}:${inspectorPort}`,
    ],
    { env: { ...empty, ...secrets, PUBLIC_ORIGIN: origin, BENCH: '1' }, stdio: 'ignore' },
  );
  try {
    await waitUntilHealthy(origin);
    const { setupCode } = data;
    const server = { origin, localOrigin: origin, port, pid: child.pid ?? 0, setupCode } as RunningServer;
    const bench = await enrolBench(server, dataDir);
    await measurePayments(bench, 1_000, IN_FLIGHT);
    const count = payments[IN_FLIGHT]!;
    const profile = await recordCpuProfile(inspectorPort, () => measurePayments(bench, count, IN_FLIGHT));
    return formatProfile(profile, count);
  } finally {
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function waitUntilHealthy(origin: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isHealthy = await fetch(`${origin}/api/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    await sleep(100);
  }
  throw new Error('The server to be profiled did not become healthy.');
}

interface FunctionTime {
  readonly name: string;
  microseconds: number;
}

/** Self time by function. `(program)` is native code outside any script: the network, the event loop, the disk. */
function formatProfile({ nodes, samples, timeDeltas }: CpuProfile, payments: number): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, describeFrame(callFrame)]));
  const times = new Map<string, FunctionTime>();
  for (const [index, sample] of samples.entries()) {
    const name = names.get(sample) ?? '(unknown)';
    const time = times.get(name) ?? { name, microseconds: 0 };
    time.microseconds += timeDeltas[index] ?? 0;
    times.set(name, time);
  }
  const idle = times.get('(idle)')?.microseconds ?? 0;
  const all = [...times.values()].reduce((sum, { microseconds }) => sum + microseconds, 0) - idle;
  const busiest = [...times.values()]
    .filter(({ name }) => name !== '(idle)')
    .sort((left, right) => right.microseconds - left.microseconds)
    .slice(0, FUNCTIONS_SHOWN);
  return [
    `Where a payment's ${Math.round(all / payments)} µs go (self time, ${IN_FLIGHT} in flight, with the profiler's own cost):`,
    ...busiest.map(({ name, microseconds }) => {
      const share = ((100 * microseconds) / all).toFixed(1).padStart(5);
      return `${share} %  ${(microseconds / payments).toFixed(1).padStart(6)} µs  ${name}`;
    }),
  ].join('\n');
}

function describeFrame({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const place = url ? ` (${url.split('/').at(-1)}:${lineNumber + 1})` : '';
  return `${functionName || '(anonymous)'}${place}`;
}
