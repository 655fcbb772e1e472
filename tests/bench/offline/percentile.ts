/** @returns the value below which a share of them lies; 1: the largest */
export function percentileOf(values: Float64Array): (share: number) => number {
  const sorted = values.toSorted();
  return (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
