import { dirname, join } from 'node:path';

const IS_PATH = /^[\w.@-]+(\/[\w.@-]+)*\/?$/;
const IS_SOURCE = /\.(tsx?|css|html|json|md|toml)$/;

/**
 * Finds the files and folders that a README names in backticks and that are not there. A name may be said from the README's folder or
 * from the top; a file's own name will do for one anywhere below the README's folder, and a module may be named without its ending.
 * What is made only when the project is built, and what is a path in some other sense, is told by its first part: no folder here.
 * @param readme its path in the project
 * @param committed all files of the project, as paths in it
 */
export function findLostPaths(readme: string, text: string, committed: readonly string[]): string[] {
  const folder = dirname(readme) === '.' ? '' : dirname(readme);
  const below = committed.filter((path) => folder === '' || path.startsWith(`${folder}/`));
  const isFolder = (path: string) => committed.some((file) => file.startsWith(`${path}/`));
  const isThere = (path: string) => isFolder(path) || ['', '.ts', '.tsx'].some((end) => committed.includes(path + end));

  const names = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name).filter((name) => IS_PATH.test(name));
  return names.filter((name) => {
    const path = name.replace(/\/$/, '');
    const places = [join(folder, path), path];
    if (places.some(isThere)) return false;
    if (IS_SOURCE.test(path)) return !below.some((file) => file.endsWith(`/${path}`));
    const first = path.split('/')[0] ?? '';
    return path.includes('/') && (isFolder(join(folder, first)) || isFolder(first));
  });
}
