import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDataDirectory, releaseStart, removeServerPid, saveServerPid } from './data-directory.ts';
import { findFreePort } from './free-port.ts';
import { siteDirectory, workerdConfigFile } from './project-paths.ts';

export type ServerOptions = {
  /** Holds databases and secrets; made at the first run. One server at a time. */
  dataDir: string;
  /** Left out: any free one. */
  port?: number | undefined;
  /** The address to listen on. Left out: this machine alone, as something that ends HTTPS stands before it. */
  host?: string | undefined;
  /** What browsers have in their address bar. Left out: `http://localhost:PORT`. */
  origin?: string | undefined;
  /** Opens the demo programme, with its sign-ups for anyone. */
  demo?: boolean | undefined;
  /** More text bindings, or other values for them. */
  env?: Readonly<Record<string, string>> | undefined;
  /** Where the worker's log goes. Left out: nowhere; `recentLog` has the end of it. */
  log?: 'inherit' | 'quiet' | undefined;
};

export type RunningServer = {
  /** The public origin. */
  origin: string;
  /** Where this machine reaches the server without whatever stands before it. */
  localOrigin: string;
  port: number;
  pid: number;
  setupCode: string;
  /** Whether someone has claimed the console, as of the start. */
  claimed: boolean;
  /** The last 16 kB that the worker logged. */
  recentLog(): string;
  /** Ends it in order: requests under way are answered, open sockets are cut after two seconds. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL). The data directory can be served again once this resolves. */
  kill(): Promise<void>;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
};

const require = createRequire(import.meta.url);
/** The program itself. What the package puts in node_modules/.bin may be a script around it, and a signal would miss it. */
const workerdProgram = (require('workerd') as { default: string }).default;

type Health = { ok: boolean; claimed: boolean };

const startTimeoutMs = 30_000;
const drainTimeoutMs = 2_000;
const recentLogCharsMax = 16_384;
const freePortTriesMax = 5;

/**
 * Starts the built worker in plain workerd and waits until it is healthy. The build (`buildSite`) must be there; one
 * build serves any number of servers at the same time, each with its own data directory and port.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  if (!existsSync(workerdConfigFile)) throw new Error('There is no build to serve: run `npm run build` first.');
  if (options.port !== undefined) return await startOn(options.port, options);
  for (let tries = 1; ; tries++) {
    try {
      return await startOn(await findFreePort(options.host ?? '127.0.0.1'), options);
    } catch (error) {
      // Someone else may have taken the port between the search and the start.
      if (!(error instanceof PortTakenError) || tries === freePortTriesMax) throw error;
    }
  }
}

/** The port asked for belongs to another program. */
export class PortTakenError extends Error {}

async function startOn(port: number, options: ServerOptions): Promise<RunningServer> {
  const { dataDir, host = '127.0.0.1', demo = false, env = {}, log = 'quiet' } = options;
  const data = await openDataDirectory(dataDir);
  let isStarting = true;
  const localOrigin = `http://localhost:${port}`;
  const origin = options.origin ?? localOrigin;
  const bindings = {
    PUBLIC_ORIGIN: origin,
    POS_ORIGIN: '',
    WALLET_ORIGIN: '',
    DEMO: demo ? '1' : '',
    BENCH: '',
    TRUST_PROXY: '',
    KEY_SECRET: data.keySecret,
    SETUP_CODE: data.setupCode,
    ...env,
  };
  const child = spawn(
    workerdProgram,
    [
      'serve',
      workerdConfigFile,
      `--socket-addr=http=${host}:${port}`,
      `--directory-path=assets=${siteDirectory}`,
      `--directory-path=storage=${data.objectsDirectory}`,
      '--control-fd=3',
    ],
    // The bindings are its whole environment: workerd needs nothing else, and nothing else can leak into it.
    { env: bindings, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const { recentLog, release } = followLog(child, log);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const endWithRunner = () => child.kill('SIGKILL');
  process.once('exit', endWithRunner);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await Promise.race([exited, sleep(drainTimeoutMs, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await exited;
    process.off('exit', endWithRunner);
    if (signal !== 'SIGKILL') await removeServerPid(dataDir);
  };

  try {
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const pid = child.pid as number;
    await saveServerPid(dataDir, pid);
    await releaseStart(dataDir);
    isStarting = false;
    await waitUntilListening(child, localOrigin, recentLog);
    release();
    const { claimed } = await waitUntilHealthy(child, localOrigin, recentLog);
    const stop = () => end('SIGTERM');
    const kill = () => end('SIGKILL');
    return { origin, localOrigin, port, pid, setupCode: data.setupCode, claimed, recentLog, stop, kill, exited };
  } catch (error) {
    if (child.pid !== undefined) await end('SIGKILL');
    if (isStarting) await releaseStart(dataDir);
    throw error;
  }
}

/** What is logged before the server listens is held back: should it never, what was in the way is told in words instead. */
function followLog(child: ChildProcess, log: 'inherit' | 'quiet'): { recentLog: () => string; release: () => void } {
  let tail = '';
  let isHeld = true;
  const held: (() => void)[] = [];
  for (const [source, sink] of [[child.stdout, process.stdout] as const, [child.stderr, process.stderr] as const]) {
    source?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-recentLogCharsMax);
      if (log !== 'inherit') return;
      if (isHeld) held.push(() => sink.write(text));
      else sink.write(text);
    });
  }
  const release = () => {
    isHeld = false;
    for (const write of held.splice(0)) write();
  };
  return { recentLog: () => tail, release };
}

/** Waits for workerd's own word (on descriptor 3): on a taken port, some other server would answer the health check. */
async function waitUntilListening(child: ChildProcess, localOrigin: string, recentLog: () => string): Promise<void> {
  const listening = await new Promise<boolean>((resolve) => {
    child.stdio[3]?.once('data', () => resolve(true));
    child.once('close', () => resolve(false));
  });
  if (listening) return;
  if (recentLog().includes('Address already in use')) throw new PortTakenError(`${localOrigin} is taken by a program.`);
  throw new Error(`workerd ended before it listened.\n${recentLog()}`);
}

async function waitUntilHealthy(child: ChildProcess, localOrigin: string, recentLog: () => string): Promise<Health> {
  const deadlineMs = Date.now() + startTimeoutMs;
  while (Date.now() < deadlineMs && child.exitCode === null && child.signalCode === null) {
    const health = await loadHealth(localOrigin);
    if (health) return health;
    await sleep(50);
  }
  throw new Error(`The server did not become healthy within ${startTimeoutMs / 1000} s.\n${recentLog()}`);
}

async function loadHealth(localOrigin: string): Promise<Health | undefined> {
  try {
    const response = await fetch(`${localOrigin}/api/v1/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? ((await response.json()) as Health) : undefined;
  } catch {
    return undefined; // cut off while it starts
  }
}
