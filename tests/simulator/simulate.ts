import { DEFAULT_OFFLINE_SETTINGS } from '../../shared/protocol/wire/offline.ts';
import { StepInvariants } from './invariants/after-each-step.ts';
import { checkReleased, checkSettled } from './invariants/at-the-end.ts';
import { passClaimWindows, settle } from './liveness.ts';
import { takeThePlatform } from './runtime/platform.ts';
import { Scene, Violation } from './scene.ts';
import { takeStep } from './steps.ts';
import { drawFaults } from './world/faults.ts';
import type { Tally } from './world/tally.ts';
import { World } from './world/world.ts';

export interface Simulated {
  readonly tally: Tally;
  /** What must never be, and was: with the step it was found after. */
  readonly failure?: string;
}

/** One seed: everything in it follows from the number. First with faults, then without. */
export async function simulate(seed: number, steps: number): Promise<Simulated> {
  const world = new World(seed, drawFaults);
  takeThePlatform(world);
  const settings = drawSettings(world);
  const scene = new Scene(world, settings);
  let where = 'before the first step';
  try {
    await scene.open();
    const invariants = new StepInvariants(scene);
    world.isCalm = false;
    for (let step = 1; step <= steps; step += 1) {
      where = `step ${step}`;
      where += `, ${await takeStep(scene)}`;
      invariants.check();
    }
    where = 'when all came back';
    await settle(scene);
    scene.lookAtTills();
    invariants.check();
    await checkSettled(scene);
    where = 'after the last claim window';
    await passClaimWindows(scene);
    invariants.check();
    checkReleased(scene);
    world.tally.count('run', 'steps', steps);
    world.tally.count('run', 'seeds');
    return { tally: world.tally };
  } catch (error) {
    const what = error instanceof Violation ? error.message : ((error as Error).stack ?? String(error));
    return { tally: world.tally, failure: `${where}: ${what}` };
  } finally {
    scene.close();
  }
}

/** What the programme allows: usual, or so little that every limit is met. */
function drawSettings({ random }: World): typeof DEFAULT_OFFLINE_SETTINGS {
  if (random.chance(0.4)) return DEFAULT_OFFLINE_SETTINGS;
  const limitMinor = random.pick([1_500, 5_000, 20_000]);
  return {
    ...DEFAULT_OFFLINE_SETTINGS,
    limitMinor,
    paymentMaxMinor: random.pick([limitMinor, Math.floor(limitMinor / 2)]),
    countMax: random.pick([2, 5, 50]),
    validSeconds: random.pick([1_800, 24 * 3600]),
    tillPerAllowanceMinor: random.pick([1_000, 2_500, 20_000]),
    tillTotalMinor: random.pick([2_000, 4_000, 50_000]),
    tillCountMax: random.pick([2, 500]),
  } as typeof DEFAULT_OFFLINE_SETTINGS;
}
