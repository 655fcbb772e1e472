import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project-paths.ts';

/** All that a build is made from. */
const sources = ['edge', 'pos-pwa', 'wallet-pwa', 'shared', 'wrangler.toml', 'tsconfig.json', 'package-lock.json'];

/**
 * Says in one hash which files a build would be made from: their names, sizes and times of change. Two equal hashes mean
 * that the last build still stands; a file that was added, changed or removed makes another.
 */
export async function fingerprintSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await listFiles(sources)) {
    const { size, mtimeMs } = await stat(join(projectRoot, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function listFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const info = await stat(join(projectRoot, path));
    if (!info.isDirectory()) {
      found.push(path);
      continue;
    }
    const entries = await readdir(join(projectRoot, path), { recursive: true, withFileTypes: true });
    for (const entry of entries)
      if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(projectRoot.length + 1));
  }
  return found.sort();
}
