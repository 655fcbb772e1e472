import { afterAll } from 'vitest';
import type { Ledger } from '../../../edge/ledger/ledger.ts';
import { openRegistry } from '../../../edge/registry/open-registry.ts';

const held: Disposable[] = [];

afterAll(() => {
  for (const registry of held.splice(0)) registry[Symbol.dispose]();
});

/** A registry for as long as the test file runs: given back at its end, as the worker does after each call. */
export function holdRegistry(ledger: DurableObjectStub<Ledger>): ReturnType<typeof openRegistry> {
  const registry = openRegistry(ledger);
  held.push(registry);
  return registry;
}
