import type { Page } from '@playwright/test';

export interface HeldSignature {
  /** Until the window is at it. */
  untilHeld(): Promise<unknown>;
  /** Lets it go on. */
  release(): Promise<void>;
}

/**
 * A window is slow where it signs a document of one kind with the device's key, from now on: whatever another window of the same
 * app does meanwhile is done first.
 * @param type as it is signed, `tandem/authorisation/v1`
 */
export async function holdSignature(page: Page, type: string): Promise<HeldSignature> {
  const held = await page.evaluateHandle((name) => {
    const sign = SubtleCrypto.prototype.sign;
    const hold = { isHeld: false, release: () => {} };
    const released = new Promise<void>((resolve) => {
      hold.release = resolve;
    });
    SubtleCrypto.prototype.sign = async function (algorithm, key, data) {
      if (new TextDecoder().decode(data).includes(name)) {
        hold.isHeld = true;
        await released;
      }
      return sign.call(this, algorithm, key, data);
    };
    return hold;
  }, type);
  return {
    untilHeld: () => page.waitForFunction((hold) => hold.isHeld, held),
    release: () => held.evaluate((hold) => hold.release()),
  };
}
