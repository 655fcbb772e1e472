import type { Page } from '@playwright/test';
import type { KeptDevice } from './kept-device.ts';

/** A write of an app to its disk, known by the store and the status of what is kept. */
export interface Write {
  readonly store: string;
  readonly status: string;
  /** Nothing of the transaction is on the disk yet, or all of it is, and the app has not heard so. */
  readonly moment: 'before' | 'after';
}

/**
 * Makes a page stand still at a write, from now on and when it is loaded anew: no line of the app runs after it.
 * @returns waits until it stands
 */
export async function standStillAt(page: Page, write: Write): Promise<() => Promise<void>> {
  const { standing } = await watch(page, write);
  await page.addInitScript(watchWrite, write);
  return () => standing;
}

/** Somebody does something with the device, and just before or after that write something else happens. */
export async function interruptAt(
  page: Page,
  write: Write,
  act: () => Promise<unknown>,
  meanwhile: () => Promise<void>,
) {
  const { session, standing } = await watch(page, write);
  const acted = act();
  await Promise.race([standing, acted.then(() => standing)]);
  await meanwhile();
  await session.send('Debugger.disable');
  await acted;
}

/** Somebody does something with the device, and its battery is flat at that write. */
export async function killAt(device: KeptDevice, page: Page, write: Write, act: () => Promise<unknown>): Promise<void> {
  const isStanding = await standStillAt(page, write);
  const acted = act();
  // What the page does not answer any more ends with the browser; what fails before is the test's.
  await Promise.race([isStanding(), acted.then(isStanding)]);
  await Promise.all([device.kill(), acted.catch(() => undefined)]);
}

async function watch(page: Page, write: Write) {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  const standing = new Promise<void>((resolve) => session.once('Debugger.paused', () => resolve()));
  await page.evaluate(watchWrite, write);
  return { session, standing };
}

/** Runs in the page. */
function watchWrite({ store, status, moment }: Write): void {
  for (const name of ['put', 'add'] as const) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, value, ...key) {
      const isIt = this.name === store && value?.state?.status === status;
      if (isIt && moment === 'before') stand();
      if (isIt && moment === 'after') this.transaction.addEventListener('complete', stand);
      return write.call(this, value, ...key);
    };
  }
  function stand() {
    // biome-ignore lint/suspicious/noDebugger: the page's own clockwork is what stops here
    debugger;
  }
}
