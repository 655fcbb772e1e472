import { installCamera } from './camera.ts';
import type { Device } from './device.ts';
import { standStillAt, type Write } from './stand-still.ts';
import { addVirtualAuthenticator } from './virtual-authenticator.ts';

/**
 * Somebody does something with a device, and the process of its one window ends at that write, as when memory is short. The
 * browser itself, its storage and its service workers go on. @returns the device with a new window
 */
export async function crashAt(
  { page, authenticator }: Device,
  write: Write,
  act: () => Promise<unknown>,
): Promise<Device> {
  const profile = page.context();
  const isStanding = await standStillAt(page, write);
  const acted = act();
  // What the page does not answer any more ends with it; what fails before is the test's.
  await Promise.race([isStanding(), acted.then(isStanding)]);
  // A virtual authenticator ends with its window; the passkeys of a device do not.
  const passkeys = await authenticator.exportPasskeys();
  const session = await profile.newCDPSession(page);
  const isGone = page.waitForEvent('crash');
  // Nobody is left to answer it.
  void session.send('Page.crash').catch(() => undefined);
  await isGone;
  await Promise.all([page.close(), acted.catch(() => undefined)]);
  const next = await profile.newPage();
  await next.setViewportSize(page.viewportSize()!);
  await installCamera(next);
  return { page: next, authenticator: await addVirtualAuthenticator(next, passkeys) };
}
