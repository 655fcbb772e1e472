import type { Tally } from './world/tally.ts';

/** What was done, for people. */
export function describeTally(tally: Tally, seconds: number): string {
  const steps = tally.of('run', 'steps');
  const lines = [`${tally.of('run', 'seeds')} seeds, ${steps} steps, ${Math.round(steps / seconds)} a second`];
  for (const [group, names] of [...tally.counts].filter(([name]) => name !== 'run').sort()) {
    lines.push(`${group}:`);
    for (const [name, count] of [...names].sort(([, one], [, other]) => other - one)) {
      lines.push(`${String(count).padStart(9)}  ${name}`);
    }
  }
  const { lossMinor, boundMinor, seed } = tally.worstLoss;
  lines.push(`worst loss on one allowance: ${money(lossMinor)}, bound there ${money(boundMinor)} (seed ${seed})`);
  return lines.join('\n');
}

function money(minor: number): string {
  return (minor / 100).toFixed(2);
}
