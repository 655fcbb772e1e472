import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { IN_FLIGHT } from './options.ts';

const run = promisify(execFile);

export interface PgbenchMeasured {
  readonly inFlight: number;
  readonly perSecond: number;
  readonly meanMs: number;
}

const SCALE = 10;

/**
 * `pgbench`, TPC-B with prepared statements, on a PostgreSQL of its own as it comes, on the same disk. For scale only:
 * three updates, an insert and a select on a server that verifies and signs nothing.
 * @returns undefined where there is no PostgreSQL
 */
export async function measurePgbench(seconds: number): Promise<PgbenchMeasured[] | undefined> {
  const bin = await findPostgres();
  if (!bin) return undefined;
  const home = await mkdtemp(join(tmpdir(), 'pgbench-'));
  const user = process.getuid?.() === 0 ? await findUser('postgres') : undefined;
  // PostgreSQL refuses to run as root.
  if (process.getuid?.() === 0 && !user) return undefined;
  if (user) await chown(home, user.uid, user.gid);
  const options = { ...user, cwd: home };
  const data = join(home, 'data');
  const tool = (name: string, ...args: string[]) => run(join(bin, name), args, options);
  const connection = ['-h', home, '-p', '54329'];
  try {
    await tool('initdb', '-D', data, '--auth=trust', '-U', 'bench');
    await tool('pg_ctl', '-D', data, '-w', '-l', join(home, 'log'), '-o', `-k ${home} -p 54329 -h ''`, 'start');
    await tool('createdb', ...connection, '-U', 'bench', 'bench');
    await tool('pgbench', ...connection, '-U', 'bench', '-i', '-q', '-s', String(SCALE), 'bench');
    const measured: PgbenchMeasured[] = [];
    for (const inFlight of IN_FLIGHT) {
      const load = ['-c', String(Math.min(inFlight, 90)), '-j', '2', '-T', String(seconds), '-M', 'prepared'];
      const { stdout } = await tool('pgbench', ...connection, '-U', 'bench', ...load, 'bench');
      measured.push({
        inFlight: Math.min(inFlight, 90),
        perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]),
        meanMs: Number(/latency average = ([\d.]+)/.exec(stdout)?.[1]),
      });
    }
    return measured;
  } finally {
    await tool('pg_ctl', '-D', data, '-m', 'immediate', 'stop').catch(() => undefined);
    await rm(home, { recursive: true, force: true });
  }
}

/** The folder of the newest installed version. */
async function findPostgres(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newest = versions.map(Number).sort((left, right) => right - left)[0];
  return newest === undefined ? undefined : join(root, String(newest), 'bin');
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return { uid: uid!, gid: gid! };
  } catch {
    return undefined;
  }
}
