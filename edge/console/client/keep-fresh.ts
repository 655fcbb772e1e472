import { takeOver } from './take-over.ts';

/** Between two looks at most; a page that nobody sees is not fetched. */
const SECONDS_MIN = 2;

/**
 * Keeps the parts of the page that are marked with `data-refresh-seconds` as fresh as they say: fetches the same page and
 * takes over what changed in those parts. Nothing is replaced under a finger, a cursor or an opened fold.
 */
export function keepFresh(root: Document): void {
  const seconds = [...root.querySelectorAll<HTMLElement>('[data-refresh-seconds]')].map(secondsOf);
  if (seconds.length === 0) return;
  const everyMs = Math.max(SECONDS_MIN, Math.min(...seconds)) * 1000;
  setInterval(() => {
    if (!root.hidden) void refresh(root);
  }, everyMs);
  root.addEventListener('visibilitychange', () => {
    if (!root.hidden) void refresh(root);
  });
}

let isRefreshing = false;

async function refresh(root: Document): Promise<void> {
  if (isRefreshing) return;
  isRefreshing = true;
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' });
    // Signed out, or the network is away: the page stays as it is; the next press says so.
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const part of root.querySelectorAll<HTMLElement>('[data-refresh-seconds][id]')) {
      const next = fresh.getElementById(part.id);
      if (next && isToBeTakenOver(part, next)) takeOver(part, next);
    }
  } catch {
    // No network: tried again at the next turn.
  } finally {
    isRefreshing = false;
  }
}

/** A part that names its state shows something made for the moment, such as a code, and stands until the state is another. */
function isToBeTakenOver(part: HTMLElement, next: HTMLElement): boolean {
  const { refreshState } = part.dataset;
  return refreshState === undefined ? !isInUse(part) : refreshState !== next.dataset.refreshState;
}

function isInUse(part: HTMLElement): boolean {
  const selection = getSelection();
  const isSelecting = selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
  return isSelecting || part.contains(document.activeElement) || part.querySelector('details[open]') !== null;
}

function secondsOf(part: HTMLElement): number {
  return Number(part.dataset.refreshSeconds);
}
