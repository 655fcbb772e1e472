/** How often an open sale is asked for while someone waits for it at the counter and no socket would tell. */
const POLL_MS = 2000;
/** With a socket the poll only guards against one that died unnoticed. */
const POLL_WITH_SOCKET_MS = 8000;
/** A sale nobody is looking at can wait a little. */
const POLL_BEHIND_MS = 15_000;
const BACKOFF_MS_MAX = 20_000;

export interface AskSituation {
  /** Tries in a row that brought no news. */
  readonly failureCount: number;
  readonly hasSocket: boolean;
  /** On the screen now. */
  readonly isInFront: boolean;
  /** 0 to 1: tills that lost the network together do not come back in one step. */
  readonly random: number;
}

/** How long to wait before a sale is asked for again. */
export function askDelayMs({ failureCount, hasSocket, isInFront, random }: AskSituation): number {
  if (failureCount > 0) {
    const backoffMs = Math.min(BACKOFF_MS_MAX, 1000 * 2 ** (failureCount - 1));
    return Math.round(backoffMs * (0.75 + random / 2));
  }
  if (!isInFront) return POLL_BEHIND_MS;
  return hasSocket ? POLL_WITH_SOCKET_MS : POLL_MS;
}
