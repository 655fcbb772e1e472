import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { siteDirectory } from '../../edge/serve/project-paths.ts';

/** Script that must arrive before an app can be used at all, and so before the scanner is loaded. */
const firstLoadBytesMax = 80_000;

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[]; isEntry?: boolean };

describe.each(['pos', 'wallet'])('the first load of /%s/', (app) => {
  const directory = join(siteDirectory, app);
  const html = readFileSync(join(directory, 'index.html'), 'utf8');
  const chunks = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const files = listStaticFiles(chunks, 'index.html');

  it('is at most 80 kB of script, gzipped', () => {
    const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(join(directory, file))).length }));
    const totalBytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(
      `/${app}/ loads ${(totalBytes / 1000).toFixed(1)} kB of script first (at most ${firstLoadBytesMax / 1000})`,
    );
    expect(totalBytes, JSON.stringify(sizes)).toBeLessThanOrEqual(firstLoadBytesMax);
  });

  it('is all of the script that the page names', () => {
    const named = [...html.matchAll(/<(?:script|link)[^>]*\b(?:src|href)="([^"]+\.js)"/g)].map(
      ([, address]) => address,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((address) => !files.includes(address?.replace(`/${app}/`, '') ?? ''))).toEqual([]);
  });

  it('holds nothing inline, which the content security policy would stop', () => {
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
  });
});

/** The entry with everything it imports, directly or not; what is imported later, on demand, is not among it. */
function listStaticFiles(chunks: Record<string, Chunk>, key: string, seen = new Set<string>()): string[] {
  const chunk = chunks[key];
  if (!chunk) throw new Error(`The build's manifest does not know ${key}.`);
  if (seen.has(key)) return [];
  seen.add(key);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((imported) => listStaticFiles(chunks, imported, seen))];
}
