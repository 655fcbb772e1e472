import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseSync, Visitor } from 'vite';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** A file by its path in the project, a package by its name, or a built-in module like `node:fs`. */
export type ImportTarget = { kind: 'file' | 'package' | 'built-in'; name: string };

/** One place where a file names another module. */
export type SourceImport = {
  /** The importing file, as a path in the project. */
  from: string;
  to: ImportTarget;
  /** Nothing is left of it when the program runs. */
  isTypeOnly: boolean;
};

const generated = new Set(['node_modules', 'dist', 'test-results', 'playwright-report']);

/** Lists all TypeScript files of the project, as paths in it. */
export function listSourceFiles(folder = ''): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return generated.has(entry.name) || entry.name.startsWith('.') ? [] : listSourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Reads every import of one file: static, dynamic, re-exported, of types, and of a worker's or another file's address. */
export function listImports(from: string, text = readFileSync(join(projectRoot, from), 'utf8')): SourceImport[] {
  const { program, errors } = parseSync(from, text);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
  const found: SourceImport[] = [];
  const add = (specifier: unknown, isTypeOnly: boolean) => {
    if (typeof specifier === 'string') found.push({ from, to: resolveSpecifier(from, specifier), isTypeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      const names = node.specifiers;
      const areTypes = names.length > 0 && names.every((name) => 'importKind' in name && name.importKind === 'type');
      add(node.source.value, node.importKind === 'type' || areTypes);
    },
    ExportNamedDeclaration: (node) => add(node.source?.value, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => add('value' in node.source ? node.source.value : undefined, false),
    CallExpression: (node) => {
      const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require';
      const specifier = node.arguments[0];
      if (isRequire && specifier?.type === 'Literal') add(specifier.value, false);
    },
    TSImportType: (node) => add(node.source.value, true),
    NewExpression: (node) => {
      const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL' && node.arguments.length === 2;
      const address = node.arguments[0];
      if (isUrl && address?.type === 'Literal' && String(address.value).startsWith('.')) add(address.value, false);
    },
  }).visit(program);
  return found;
}

function resolveSpecifier(from: string, specifier: string): ImportTarget {
  // What follows a question mark tells the bundler how to bring the file in.
  if (specifier.startsWith('.')) return { kind: 'file', name: join(dirname(from), specifier.replace(/\?.*/, '')) };
  if (specifier.includes(':')) return { kind: 'built-in', name: specifier };
  const [scopeOrName = '', name = ''] = specifier.split('/');
  return { kind: 'package', name: scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName };
}
