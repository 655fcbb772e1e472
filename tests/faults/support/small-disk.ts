import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own, small enough to be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is. */
  fill(): void;
  /** Gives it back. */
  free(): Promise<void>;
  close(): Promise<void>;
}

const FILL_BYTES = 4_096;

/**
 * Mounts a file system in memory. @returns why there is none, in a word: where mounting is not allowed (it takes root on Linux)
 * nothing else stands in, for a bound on a file's size kills the process that meets it, and a full disk does not.
 */
export function openSmallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux') return 'a small disk is mounted on Linux alone';
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmdirSync(folder);
    return 'this process may not mount a disk: it takes root';
  }
  const unmount = () => execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
  process.once('exit', unmount);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      const bytes = Buffer.alloc(FILL_BYTES, 1);
      try {
        for (;;) writeSync(file, bytes);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rm(filler, { force: true }),
    async close() {
      process.off('exit', unmount);
      unmount();
      rmdirSync(folder);
    },
  };
}
