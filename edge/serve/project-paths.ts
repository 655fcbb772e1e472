import { resolve } from 'node:path';

/** The folders the runner reads and writes, wherever it is started from. */
export const projectRoot = resolve(import.meta.dirname, '../..');
export const siteDirectory = resolve(projectRoot, 'dist');
export const workerDirectory = resolve(siteDirectory, 'edge');
export const workerdConfigFile = resolve(workerDirectory, 'workerd.capnp');
export const demoDataDirectory = resolve(projectRoot, '.tandem');
