import { isOpen } from '../../pos-pwa/sale/sale.ts';
import type { Scene } from './scene.ts';
import { syncTill } from './steps.ts';

const ROUNDS_MAX = 12;
const ROUND_MS = 3 * 60_000;

/** All faults end, and every device comes back: whatever waits must find its end within these rounds. */
export async function settle(scene: Scene): Promise<void> {
  const { world } = scene;
  world.isCalm = true;
  for (const device of scene.devices) {
    device.cutOffSteps = 0;
    device.mendClock();
  }
  await scene.network.deliverAll();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    for (const till of scene.tills) {
      await syncTill(scene, till);
      for (const sale of till.sales.filter(isOpen)) await till.follow(sale.traceKey);
      await till.tryAgain();
    }
    for (const wallet of scene.wallets) {
      await wallet.resume();
      await wallet.tryAgain();
      await wallet.sync();
    }
    world.advance(ROUND_MS);
    await scene.centre.ring(world.nowMs);
    if (round > 1 && isSettled(scene)) break;
  }
  // The limits of tills begin anew, and wallets hear of what tills have handed in last.
  for (const till of scene.tills) await till.sync();
  for (const wallet of scene.wallets) await wallet.sync();
}

function isSettled({ tills, wallets }: Scene): boolean {
  const isSaleOver = tills.every((till) =>
    till.sales.every((sale) => !isOpen(sale) && sale.state.status !== 'accepted'),
  );
  const isConsentOver = wallets.every((wallet) =>
    wallet.intents.every(({ state }) => state.status !== 'signed' && state.status !== 'prepared'),
  );
  return isSaleOver && isConsentOver;
}

/** Every claim window ends. */
export async function passClaimWindows(scene: Scene): Promise<void> {
  const { validSeconds, claimSeconds } = scene.settings;
  const endMs = scene.world.nowMs + (validSeconds + claimSeconds) * 1000;
  while (scene.world.nowMs <= endMs) {
    scene.world.advance((validSeconds + claimSeconds) * 250 + 60_000);
    await scene.centre.ring(scene.world.nowMs);
  }
}
