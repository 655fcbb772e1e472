import { createServer } from 'node:net';

/**
 * Finds a port on this machine that nobody listens on.
 *
 * The system hands it out and gets it back at once, because the worker must know its public origin before it listens.
 * The system does not hand the same one out again soon; a caller still has to be ready to find it taken.
 */
export function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      );
    });
  });
}
