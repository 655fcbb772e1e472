import { Killed } from '../runtime/killed.ts';
import type { Faults } from './faults.ts';
import { Random } from './random.ts';
import { Tally } from './tally.ts';

/** When every simulation begins. */
const START_MS = Date.UTC(2026, 2, 2, 8);

/** True time, chance and faults of one seed. The centre's clock is true. */
export class World {
  readonly random: Random;
  readonly tally = new Tally();
  readonly faults: Faults;
  nowMs = START_MS;
  /** Nothing goes wrong: while the scene is set, and at the end. */
  isCalm = true;

  constructor(seed: number, faults: (random: Random) => Faults) {
    this.random = new Random(seed);
    this.faults = faults(this.random);
  }

  advance(ms: number): void {
    this.nowMs += ms;
  }

  /** Since the start. */
  get elapsedMs(): number {
    return this.nowMs - START_MS;
  }

  /** Whether a fault happens now; counted if so. */
  happens(fault: keyof Faults, share = 1): boolean {
    const probability = this.faults[fault] * share;
    if (this.isCalm || probability === 0 || !this.random.chance(probability)) return false;
    this.tally.count('faults', fault);
    return true;
  }
}

/** One device as its ports see it: cut off, killed at one of its next calls, with a clock of its own. */
export class Device {
  readonly name: string;
  readonly #world: World;
  /** Steps until it is back; 0: it has a network. */
  cutOffSteps = 0;
  isDead = false;
  #callsLeft: number | undefined;
  #clockOffMs = 0;
  readonly #drift: number;

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
    const { random, faults } = world;
    this.#drift = (random.number() * 2 - 1) * faults.drift;
    this.#clockOffMs = faults.clockJump > 0 ? random.between(-300_000, 300_000) : 0;
  }

  /** What a person would read off it. */
  wallMs = (): number => {
    const { nowMs, elapsedMs } = this.#world;
    return Math.round(nowMs + this.#clockOffMs + elapsedMs * this.#drift);
  };

  /** Never set, and as fast as the other. */
  monotonicMs = (): number => this.#world.elapsedMs * (1 + this.#drift);

  setClockBy(ms: number): void {
    this.#clockOffMs += ms;
  }

  mendClock(): void {
    this.#clockOffMs = -this.#world.elapsedMs * this.#drift;
  }

  /** It may be killed within the next calls of its ports. */
  endanger(): void {
    if (this.#world.happens('kill')) this.#callsLeft = this.#world.random.between(0, 10);
  }

  /** Every port says so before and after it has done something: there a process may end. Throws `Killed` then, and ever after. */
  pass(): void {
    if (this.isDead) throw new Killed(`${this.name} is dead`);
    if (this.#callsLeft === undefined) return;
    if (this.#callsLeft > 0) {
      this.#callsLeft -= 1;
      return;
    }
    this.isDead = true;
    throw new Killed(`${this.name} was killed`);
  }

  revive(): void {
    this.isDead = false;
    this.#callsLeft = undefined;
  }

  calm(): void {
    this.#callsLeft = undefined;
  }
}
