/** The Launch Handler API's part that we use; Chromium only. https://wicg.github.io/web-app-launch/ */
interface LaunchQueueLike {
  setConsumer(consumer: (launch: { readonly targetURL?: string }) => void): void;
}

/**
 * An icon or shortcut that is tapped while the till is open comes to the window that is there, without loading it again:
 * a sale in hand stays in hand.
 * @param open takes the address asked for
 */
export function watchLaunches(open: (url: URL) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueueLike };
  launchQueue?.setConsumer(({ targetURL }) => {
    if (targetURL) open(new URL(targetURL));
  });
}
