import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrokenRule } from './architecture/import-rules.ts';
import { findLostPaths } from './architecture/named-paths.ts';
import { findUnusedPackages, type Manifest } from './architecture/package-use.ts';
import { listImports, listSourceFiles, projectRoot } from './architecture/source-imports.ts';

const files = listSourceFiles();
const imports = files.flatMap((file) => listImports(file));
/** A build, data and an editor's settings may lie in the tree too: they are none of the project's. */
const committed = execFileSync('git', ['ls-files'], { cwd: projectRoot, encoding: 'utf8' }).trim().split('\n');

/** Folders of the house, and the files that a tool demands to find here. */
const topLevelNames = [
  ...['edge', 'pos-pwa', 'shared', 'tests', 'wallet-pwa'],
  ...['.ci', '.gitignore', '.npmrc', 'LICENSE', 'README.md', 'biome.json', 'package-lock.json', 'package.json'],
  ...['tsconfig.json', 'wrangler.toml'],
];
describe('the house', () => {
  it('imports only in the direction of the arrows', () => {
    expect(imports.map(findBrokenRule).filter(Boolean)).toEqual([]);
  });

  it('imports only files that are there', () => {
    const lost = imports.filter(({ to }) => to.kind === 'file' && !existsSync(join(projectRoot, to.name)));
    expect(lost).toEqual([]);
  });

  it('names files for one idea each', () => {
    const vague = /^(utils?|helpers?|common|types|misc)\.tsx?$/;
    const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|e2e|config|d))?\.tsx?$/;
    expect(files.filter((file) => vague.test(basename(file)) || !kebabCase.test(basename(file)))).toEqual([]);
  });

  it('draws no random number of its own: chance is passed in, so that a test can choose it', () => {
    const shipped = files.filter((file) => !file.startsWith('tests/'));
    const drawing = shipped.filter((file) => readFileSync(join(projectRoot, file), 'utf8').includes('Math.random('));
    expect(drawing).toEqual([]);
  });

  it('has a use for every package it depends on', () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
    expect(findUnusedPackages(manifest, imports)).toEqual([]);
  });

  it('ships no code of a package that is there for building and testing', () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
    const isTool = /^tests\/|^edge\/serve\/|\/build\/|vite\.config\.ts$/;
    const wrong = imports.filter(({ from, to, isTypeOnly }) => {
      return to.kind === 'package' && !isTypeOnly && !isTool.test(from) && !manifest.dependencies[to.name];
    });
    expect(wrong).toEqual([]);
  });

  it('names in its READMEs only files and folders that are there', () => {
    const readmes = committed.filter((path) => basename(path) === 'README.md' && existsSync(join(projectRoot, path)));
    const lost = readmes.flatMap((readme) => {
      const text = readFileSync(join(projectRoot, readme), 'utf8');
      return findLostPaths(readme, text, committed).map((name) => `${readme}: ${name}`);
    });
    expect(lost).toEqual([]);
  });

  it('keeps nothing at the top but its parts and what tools demand', () => {
    const names = new Set(committed.map((path) => path.split('/')[0] ?? ''));
    expect([...names].filter((name) => !topLevelNames.includes(name))).toEqual([]);
  });
});

describe('the rules', () => {
  const refused = [
    ['shared/protocol/a.ts', "import { x } from '../browser/b.ts'"],
    ['shared/protocol/a.ts', "import { readFile } from 'node:fs'"],
    ['shared/protocol/a.ts', "import { DurableObject } from 'cloudflare:workers'"],
    ['shared/protocol/a.ts', "import { html } from 'lit'"],
    ['shared/browser/a.ts', "import type { X } from '../../edge/b.ts'"],
    ['shared/browser/a.ts', "import { x } from '../../pos-pwa/b.ts'"],
    ['shared/browser/a.ts', "import { x } from './build/b.ts'"],
    ['pos-pwa/a.ts', "import { x } from '../wallet-pwa/b.ts'"],
    ['pos-pwa/a.ts', "import type { X } from '../wallet-pwa/b.ts'"],
    ['pos-pwa/a.ts', "export * from '../wallet-pwa/b.ts'"],
    ['wallet-pwa/a.ts', "const x = await import('../pos-pwa/b.ts')"],
    ['wallet-pwa/a.ts', "new Worker(new URL('../pos-pwa/b.ts', import.meta.url))"],
    ['wallet-pwa/a.ts', "type X = import('../pos-pwa/b.ts').X"],
    ['wallet-pwa/a.ts', "import { x } from '../edge/b.ts'"],
    ['wallet-pwa/a.ts', "import { type X, y } from '../edge/b.ts'"],
    ['edge/a.ts', "import { x } from '../shared/browser/b.ts'"],
    ['edge/a.ts', "import { x } from './serve/b.ts'"],
    ['elsewhere/a.ts', "import { x } from '../edge/b.ts'"],
  ] as const;
  it.each(refused)('refuse in %s: %s', (from, text) => {
    expect(listImports(from, text).map(findBrokenRule)).toEqual([expect.any(String)]);
  });

  const allowed = [
    ['shared/protocol/deep/a.ts', "import { x } from '../b.ts'"],
    ['shared/protocol/a.ts', "import { decode } from 'cborg'"],
    ['shared/browser/a.ts', "import { x } from '../protocol/b.ts'"],
    ['pos-pwa/a.ts', "import { x } from '../shared/browser/b.ts'"],
    ['pos-pwa/a.ts', "import type { X } from '../edge/b.ts'"],
    ['pos-pwa/a.ts', "import { type X, type Y } from '../edge/b.ts'"],
    ['edge/a.ts', "import { createHash } from 'node:crypto'"],
    ['tests/a.ts', "import { startServer } from '../edge/serve/b.ts'"],
  ] as const;
  it.each(allowed)('allow in %s: %s', (from, text) => {
    expect(listImports(from, text).map(findBrokenRule)).toEqual([undefined]);
  });

  it('find a path in a README that leads nowhere', () => {
    const named = [
      '`b.ts`, `deep/b.ts`, `deep/b`, `deep/`, `pos-pwa/deep/b.ts`',
      '`gone.ts`, `deep/gone`, `pos-pwa/b.ts`',
    ];
    const text = `${named.join()}, \`/api/v1\`, \`dist/\`, \`a b.ts\``;
    const lost = findLostPaths('pos-pwa/README.md', text, ['pos-pwa/README.md', 'pos-pwa/deep/b.ts']);
    expect(lost).toEqual(['gone.ts', 'deep/gone', 'pos-pwa/b.ts']);
  });

  it('find a package that nothing uses', () => {
    const manifest = {
      scripts: {},
      dependencies: { lit: '1', unused: '1' },
      devDependencies: {},
      optionalDependencies: {},
    };
    expect(findUnusedPackages(manifest, listImports('pos-pwa/a.ts', "import 'lit'"))).toEqual(['unused']);
  });
});
