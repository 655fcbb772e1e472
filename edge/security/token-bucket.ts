/** How often something may be tried: a number at once, then one more each so many seconds. */
export interface BucketPolicy {
  readonly capacity: number;
  readonly refillSeconds: number;
}

export interface BucketState {
  readonly tokens: number;
  readonly updatedAtMs: number;
}

/** @returns the bucket after one try, or undefined when it is empty; an unknown bucket is full */
export function takeFromBucket(
  state: BucketState | undefined,
  policy: BucketPolicy,
  nowMs: number,
): BucketState | undefined {
  const tokens = state ? refill(state, policy, nowMs) : policy.capacity;
  return tokens >= 1 ? { tokens: tokens - 1, updatedAtMs: nowMs } : undefined;
}

/** @returns the bucket after a try that turned out to be none; as full as it can be at most */
export function giveBackToBucket(state: BucketState, policy: BucketPolicy, nowMs: number): BucketState {
  return { tokens: Math.min(policy.capacity, refill(state, policy, nowMs) + 1), updatedAtMs: nowMs };
}

/** When the bucket will be as good as unknown: then it need not be kept. */
export function bucketFullAtMs(state: BucketState, policy: BucketPolicy): number {
  return Math.ceil(state.updatedAtMs + (policy.capacity - state.tokens) * policy.refillSeconds * 1000);
}

/** A clock that was set back fills nothing and takes nothing. */
function refill({ tokens, updatedAtMs }: BucketState, policy: BucketPolicy, nowMs: number): number {
  const elapsedSeconds = Math.max(0, nowMs - updatedAtMs) / 1000;
  return Math.min(policy.capacity, tokens + elapsedSeconds / policy.refillSeconds);
}
