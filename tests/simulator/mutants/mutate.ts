import type { Mutant } from './mutants.ts';

/** Throws where the text is not there exactly once: then the code has moved on, and the mutant has to follow. */
export function mutate({ name, file, find, replace }: Mutant, source: string): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`"${name}": its text is ${parts.length - 1} times in ${file}.`);
  return parts.join(replace);
}
