import { isExpected } from '../scene.ts';
import type { World } from '../world/world.ts';
import { useSeededCrypto } from './seeded-crypto.ts';

let world: World | undefined;
let hasTaken = false;

/** Everything in this thread sees the time and the chance of this world from now on. */
export function takeThePlatform(of: World): void {
  world = of;
  idRandom = of.random.fork();
  if (hasTaken) return;
  hasTaken = true;
  useSeededCrypto(() => idRandom!);
  Date.now = () => world!.nowMs;
  performance.now = () => world!.elapsedMs;
  Math.random = () => idRandom!.number();
  Object.assign(globalThis, {
    // What an app reports and lives on with: a failing disk. Anything else is a bug.
    reportError: (error: unknown) => {
      if (!isExpected(error)) throw error;
    },
  });
  console.error = () => {};
}

let idRandom: ReturnType<World['random']['fork']> | undefined;
