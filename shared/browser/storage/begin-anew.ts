/**
 * All that this window shows was cleared from the disk: it is loaded anew, as the app of a device that knows nothing. Without a
 * network that waits: the app itself was cleared as well, and what is on the screen is all that is left.
 */
export function beginAnew(): void {
  if (navigator.onLine) location.reload();
  else addEventListener('online', () => location.reload(), { once: true });
}
