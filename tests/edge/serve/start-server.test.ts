import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PortTakenError, startServer } from '../../../edge/serve/start-server.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-server-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a server on a data directory', () => {
  it('runs beside others, each on its own port with its own secrets', async () => {
    const servers = await Promise.all(['one', 'two'].map((name) => startServer({ dataDir: join(folder, name) })));
    const [one, two] = servers;
    expect(one?.port).not.toBe(two?.port);
    expect(one?.setupCode).not.toBe(two?.setupCode);
    for (const { origin } of servers) {
      expect(await (await fetch(`${origin}/api/v1/health`)).json()).toMatchObject({ ok: true, claimed: false });
    }
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('lets nobody but the owner read the data', async () => {
    const dataDir = join(folder, 'private');
    await (await startServer({ dataDir })).stop();
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    for (const name of ['key-secret', 'setup-code']) expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
    expect((await readdir(dataDir)).sort()).toEqual(['key-secret', 'objects', 'setup-code']);
  });

  it('comes back on the same port with the same secrets after SIGKILL', async () => {
    const dataDir = join(folder, 'killed');
    const first = await startServer({ dataDir });
    const keySecret = await readFile(join(dataDir, 'key-secret'), 'utf8');
    await first.kill();
    await expect(fetch(`${first.origin}/api/v1/health`)).rejects.toThrow();
    const second = await startServer({ dataDir, port: first.port });
    expect(second.origin).toBe(first.origin);
    expect(second.setupCode).toBe(first.setupCode);
    expect(await readFile(join(dataDir, 'key-secret'), 'utf8')).toBe(keySecret);
    await second.stop();
  });

  it('has its data to itself', async () => {
    const dataDir = join(folder, 'taken');
    const server = await startServer({ dataDir });
    await expect(startServer({ dataDir })).rejects.toThrow(`process ${server.pid}`);
    await server.stop();
  });

  it('is started by one of several who do it at the same moment', async () => {
    const dataDir = join(folder, 'at-once');
    await (await startServer({ dataDir })).stop();
    const starts = await Promise.allSettled([1, 2, 3].map(() => startServer({ dataDir })));
    const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    await Promise.all(servers.map((server) => server.stop()));
    expect(servers).toHaveLength(1);
  });

  it('starts where a start was cut off before', async () => {
    const dataDir = join(folder, 'cut-off');
    await (await startServer({ dataDir })).stop();
    await writeFile(join(dataDir, 'starting'), '4194999\n');
    await (await startServer({ dataDir })).stop();
  });

  it('refuses a port that another program has', async () => {
    const server = await startServer({ dataDir: join(folder, 'port-one') });
    const second = startServer({ dataDir: join(folder, 'port-two'), port: server.port });
    await expect(second).rejects.toBeInstanceOf(PortTakenError);
    await server.stop();
  });

  it('refuses books whose key secret is gone', async () => {
    const dataDir = join(folder, 'keyless');
    await (await startServer({ dataDir })).stop();
    await rm(join(dataDir, 'key-secret'));
    await expect(startServer({ dataDir })).rejects.toThrow('key-secret');
  });

  it('tells when it has ended', async () => {
    const server = await startServer({ dataDir: join(folder, 'ended') });
    process.kill(server.pid, 'SIGTERM');
    await server.exited;
  });
});
