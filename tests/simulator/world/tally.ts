/** What was done in one seed or in many. */
export class Tally {
  readonly counts = new Map<string, Map<string, number>>();
  /** What double spending has cost the programme at the most, and what it could have cost there; minor units. */
  worstLoss = { lossMinor: 0, boundMinor: 0, seed: 0 };

  count(group: string, name: string, by = 1): void {
    const names = this.counts.get(group) ?? new Map<string, number>();
    names.set(name, (names.get(name) ?? 0) + by);
    this.counts.set(group, names);
  }

  of(group: string, name: string): number {
    return this.counts.get(group)?.get(name) ?? 0;
  }

  add(other: { counts: Map<string, Map<string, number>>; worstLoss: Tally['worstLoss'] }): void {
    for (const [group, names] of other.counts) for (const [name, by] of names) this.count(group, name, by);
    if (other.worstLoss.lossMinor > this.worstLoss.lossMinor) this.worstLoss = other.worstLoss;
  }
}
