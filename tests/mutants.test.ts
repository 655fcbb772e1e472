import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './simulator/mutants/mutants.ts';
import { mutate } from './simulator/mutants/mutate.ts';

const root = resolve(import.meta.dirname, '..');

/** Whether each is noticed, `npm run simulate:mutants` tells; code that moves on must take them along, which this tells at once. */
describe('the defects that are seeded to try the tests', () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s: has its place in the code', (_name, mutant) => {
    const source = readFileSync(resolve(root, mutant.file), 'utf8');
    expect(mutate(mutant, source)).not.toBe(source);
  });

  it('are as many as the README says, and each is named once', () => {
    expect(readFileSync(resolve(root, 'README.md'), 'utf8')).toContain(` ${MUTANTS.length} defects `);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });
});
