/** First tries come quickly, because most gaps in a network are short; then the outbox's own pauses spare phone and centre. */
const DELAYS_MS = [700, 1_500, 3_000, 5_000, 8_000, 15_000, 30_000] as const;

/** Whether hand-in number `attempt` still belongs to the quick ones, for somebody who may stand at the counter. */
export function isQuickTry(attempt: number): boolean {
  return attempt <= DELAYS_MS.length;
}

/**
 * How long to wait before hand-in number `attempt` (1 is the first repetition). Past the quick ones: the least that any waits.
 * @param random in [0, 1): spreads phones that lost the same network at the same time
 */
export function quickDelayMs(attempt: number, random: number): number {
  const base = DELAYS_MS[Math.min(attempt, DELAYS_MS.length) - 1] ?? DELAYS_MS[0];
  return Math.round(base * (0.85 + 0.3 * random));
}
