import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createKeySecret, createSetupCode } from './create-secrets.ts';

/** One server's own folder: the objects' databases and two secrets. A backup is a copy of it with the server stopped. */
export type DataDirectory = { objectsDirectory: string; keySecret: string; setupCode: string };

/**
 * Opens a data directory, and makes it and its secrets at the first run. Only the owner may read it.
 *
 * Throws when another server is running on it: two processes writing the same books would each trust what it remembers.
 * Throws when there are books but no key secret: a new one could not open the centre's private keys.
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  const objectsDirectory = objectsIn(directory);
  await mkdir(objectsDirectory, { recursive: true, mode: 0o700 });
  await claimStart(directory);
  try {
    await assertUnused(directory);
    await assertNoBooksWithoutKey(directory);
    return {
      objectsDirectory,
      keySecret: await loadOrCreate(keySecretFile(directory), createKeySecret),
      setupCode: await loadOrCreate(join(directory, 'setup-code'), createSetupCode),
    };
  } catch (error) {
    await releaseStart(directory);
    throw error;
  }
}

/**
 * One start at a time: between looking for another server and noting the own, a second start would find nobody, and both
 * would serve the same books. Held from `openDataDirectory` until `releaseStart`; a crash in between leaves a file that names
 * a process of the past.
 */
async function claimStart(directory: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeFile(startingFile(directory), `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (tries > 1 || (await isStarterAlive(directory)))
        throw new Error(`Another server is starting on ${directory}.`);
      await releaseStart(directory);
    }
  }
}

/** After the server's process was noted, or the start has failed. */
export async function releaseStart(directory: string): Promise<void> {
  await rm(startingFile(directory), { force: true });
}

async function isStarterAlive(directory: string): Promise<boolean> {
  try {
    return process.kill(Number(await readFile(startingFile(directory), 'utf8')), 0);
  } catch {
    return false; // no such process, or the other start is over
  }
}

/** Deletes a data directory with all its books. Throws when a server is running on it. */
export async function deleteDataDirectory(directory: string): Promise<void> {
  await assertUnused(directory);
  await rm(directory, { recursive: true, force: true });
}

/** Notes which process serves the directory, for `openDataDirectory` to ask after. */
export async function saveServerPid(directory: string, pid: number): Promise<void> {
  await writeFile(pidFile(directory), `${pid}\n`, { mode: 0o600 });
}

/** Removes the note again; a crash leaves it, which does no harm. */
export async function removeServerPid(directory: string): Promise<void> {
  await rm(pidFile(directory), { force: true });
}

/** Throws when a server is running on the directory. */
export async function assertUnused(directory: string): Promise<void> {
  if (!existsSync(pidFile(directory))) return;
  const pid = Number(await readFile(pidFile(directory), 'utf8'));
  if (isServing(pid, directory)) throw new Error(`Another server (process ${pid}) is running on ${directory}.`);
}

async function assertNoBooksWithoutKey(directory: string): Promise<void> {
  if (existsSync(keySecretFile(directory))) return;
  if ((await readdir(objectsIn(directory))).length === 0) return;
  throw new Error(`${directory} holds books, but not the key-secret they were made with: put it back from a backup.`);
}

/** A number alone proves nothing: after a crash it may have gone to some other program. */
function isServing(pid: number, directory: string): boolean {
  try {
    const commandLine = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    return commandLine.includes(objectsIn(directory));
  } catch {
    return false; // no such process
  }
}

function objectsIn(directory: string): string {
  return resolve(directory, 'objects');
}

function keySecretFile(directory: string): string {
  return join(directory, 'key-secret');
}

function startingFile(directory: string): string {
  return join(directory, 'starting');
}

function pidFile(directory: string): string {
  return join(directory, 'workerd.pid');
}

async function loadOrCreate(file: string, create: () => string): Promise<string> {
  if (!existsSync(file)) {
    // Flushed under another name first: a crash leaves the whole secret or none, never an empty one.
    await writeFile(`${file}.new`, `${create()}\n`, { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }
  return (await readFile(file, 'utf8')).trim();
}
