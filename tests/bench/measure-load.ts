import { readFile } from 'node:fs/promises';
import { HttpConnection, type HttpReply } from './http-connection.ts';

/** One thing to do: its calls follow one another on one connection, each after the answer to the one before. */
export interface Task {
  readonly calls: readonly Buffer[];
  /** Looks at the last answer. Throws when it is not what it has to be. */
  check(reply: HttpReply): void;
}

export interface Measured {
  readonly name: string;
  readonly inFlight: number;
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Processor time of the server per task; absent where the system does not tell. */
  readonly serverMicroseconds: number | undefined;
  /** How much of one processor the generator took: near 1 it would be the generator that is measured. */
  readonly generatorLoad: number;
}

/** Does all tasks, `inFlight` at a time, and measures. Tasks are ready before the clock starts. */
export async function measureLoad(
  name: string,
  { port, pid }: { readonly port: number; readonly pid: number },
  tasks: readonly Task[],
  inFlight: number,
): Promise<Measured> {
  const connections = await Promise.all(Array.from({ length: inFlight }, () => HttpConnection.open(port)));
  const latencies = new Float64Array(tasks.length);
  let next = 0;
  async function work(connection: HttpConnection): Promise<void> {
    while (next < tasks.length) {
      const index = next++;
      const { calls, check } = tasks[index]!;
      const startedMs = performance.now();
      let reply: HttpReply | undefined;
      for (const call of calls) {
        reply = await connection.send(call);
        if (reply.status >= 300) throw new Error(`${name}: ${reply.text}`);
      }
      latencies[index] = performance.now() - startedMs;
      check(reply!);
    }
  }
  const serverBefore = await readProcessorTime(pid);
  const ownBefore = process.cpuUsage();
  const startedMs = performance.now();
  await Promise.all(connections.map(work));
  const tookMs = performance.now() - startedMs;
  const own = process.cpuUsage(ownBefore);
  const serverAfter = await readProcessorTime(pid);
  for (const connection of connections) connection.close();
  latencies.sort();
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
  const server = serverBefore !== undefined && serverAfter !== undefined ? serverAfter - serverBefore : undefined;
  return {
    name,
    inFlight,
    count: tasks.length,
    perSecond: (tasks.length / tookMs) * 1000,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    serverMicroseconds: server === undefined ? undefined : server / tasks.length,
    generatorLoad: (own.user + own.system) / 1000 / tookMs,
  };
}

const TICK_MICROSECONDS = 10_000;

/** Microseconds of processor time that a process has used, by Linux's proc(5). */
async function readProcessorTime(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; the fields after it do not. utime and stime are the 14th and 15th of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
  } catch {
    return undefined;
  }
}
