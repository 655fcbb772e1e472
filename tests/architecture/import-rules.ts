import type { SourceImport } from './source-imports.ts';

/** A part of the house, with what it may import. A file belongs to the first part that it matches. */
type Part = {
  name: string;
  files: RegExp;
  /** Parts whose code it may take, besides its own. */
  mayImport: readonly string[];
  /** Parts of which it may take types only. */
  mayImportTypesOf?: readonly string[];
  /** Built-in modules of the runtime it is made for. */
  builtIns?: RegExp;
  /** The packages it may use; any, when left out. */
  packages?: readonly string[];
};

const shipped = ['shared/protocol', 'shared/browser', 'pos-pwa', 'wallet-pwa', 'edge'];

const parts: readonly Part[] = [
  // Tools that run in Node and are never shipped.
  { name: 'shared/browser/build', files: /^shared\/browser\/build\//, mayImport: [], builtIns: /^node:/ },
  { name: 'app build', files: /^(pos|wallet)-pwa\/vite\.config\.ts$/, mayImport: ['shared/browser/build'] },
  { name: 'edge/serve', files: /^edge\/serve\//, mayImport: ['shared/protocol'], builtIns: /^node:/ },
  // What is shipped. The protocol runs everywhere, so it leans on nothing that is not everywhere.
  { name: 'shared/protocol', files: /^shared\/protocol\//, mayImport: [], packages: ['cborg', 'valibot'] },
  { name: 'shared/browser', files: /^shared\/browser\//, mayImport: ['shared/protocol'] },
  {
    name: 'pos-pwa',
    files: /^pos-pwa\//,
    mayImport: ['shared/browser', 'shared/protocol'],
    mayImportTypesOf: ['edge'],
  },
  {
    name: 'wallet-pwa',
    files: /^wallet-pwa\//,
    mayImport: ['shared/browser', 'shared/protocol'],
    mayImportTypesOf: ['edge'],
  },
  { name: 'edge', files: /^edge\//, mayImport: ['shared/protocol'], builtIns: /^(node|cloudflare):/ },
  {
    name: 'tests',
    files: /^tests\//,
    mayImport: [...shipped, 'edge/serve', 'shared/browser/build'],
    builtIns: /^(node|cloudflare):/,
  },
];

/** Says which rule of the house an import breaks, or nothing when it breaks none. */
export function findBrokenRule({ from, to, isTypeOnly }: SourceImport): string | undefined {
  const part = findPart(from);
  if (!part) return `${from} is in no part of the house`;
  switch (to.kind) {
    case 'built-in':
      return part.builtIns?.test(to.name) ? undefined : `${part.name} runs where there is no ${to.name}: ${from}`;
    case 'package':
      if (!part.packages || part.packages.includes(to.name)) return undefined;
      return `${part.name} does without the package ${to.name}: ${from}`;
    case 'file': {
      const target = findPart(to.name);
      if (target === part) return undefined;
      if (target && part.mayImport.includes(target.name)) return undefined;
      if (target && isTypeOnly && part.mayImportTypesOf?.includes(target.name)) return undefined;
      return `no arrow points from ${part.name} to ${target?.name ?? 'there'}: ${from} imports ${to.name}`;
    }
  }
}

function findPart(path: string): Part | undefined {
  return parts.find(({ files }) => files.test(path));
}
