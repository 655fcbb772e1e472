/** The same numbers in every run, for the same seed. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  bytes(count: number): Uint8Array;
}

/** Mulberry32: 32 bits of state are plenty for pictures, and it is fast. @param seeds one showing's coordinates */
export function createRandom(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (const seed of seeds) {
    state ^= Math.imul(seed + 1, 0x85ebca6b);
    state = (next() * 2 ** 32) | 0;
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)),
  };
}
