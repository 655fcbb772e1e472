import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { OfflineSettings } from '../../shared/protocol/wire/offline.ts';
import { SimulatedCentre } from './parties/centre.ts';
import { SimulatedTill } from './parties/till.ts';
import { SimulatedWallet } from './parties/wallet.ts';
import { Killed } from './runtime/killed.ts';
import type { DiskImage } from './world/disk.ts';
import { type Cast, drawCast } from './world/faults.ts';
import { Network } from './world/network.ts';
import type { Device, World } from './world/world.ts';

/** What a simulation found that must never be. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** A sale that a till handed goods over for, and on whose word. */
export interface Taken {
  readonly till: SimulatedTill;
  readonly traceKey: string;
  readonly amountMinor: number;
  /** Serial in hex. */
  readonly allowance: string;
  readonly takenAtMs: number;
  /** How often the till had heard from the centre before. */
  readonly period: number;
  readonly code?: RefusalCode;
}

/** All that is in one seed. */
export class Scene {
  readonly world: World;
  readonly centre = new SimulatedCentre();
  readonly network: Network;
  readonly cast: Cast;
  readonly settings: OfflineSettings;
  readonly wallets: SimulatedWallet[] = [];
  readonly tills: SimulatedTill[] = [];
  /** Codes that somebody filmed. */
  readonly captured: TwinCode[] = [];
  /** Storages as they were once. */
  readonly backups: { readonly wallet: SimulatedWallet; readonly image: DiskImage }[] = [];
  /** By trace key. */
  readonly taken = new Map<string, Taken>();
  readonly periods = new Map<SimulatedTill, number>();
  copiesMade = 0;

  constructor(world: World, settings: OfflineSettings) {
    this.world = world;
    this.settings = settings;
    this.network = new Network(world, this.centre.process);
    this.cast = drawCast(world.random);
  }

  async open(): Promise<void> {
    const { wallets, tills, hasBlindTill } = this.cast;
    const { random } = this.world;
    await this.centre.open(this.settings, random.between(1, 2));
    for (let number = 0; number < tills; number += 1) {
      const isBlind = hasBlindTill && number === tills - 1;
      const till = await SimulatedTill.activate(this.world, this.network, this.centre, number, isBlind);
      this.tills.push(till);
      this.periods.set(till, 0);
    }
    for (let number = 0; number < wallets; number += 1) {
      const balanceMinor = random.pick([1_000, 6_000, 12_000, 40_000]);
      this.wallets.push(await SimulatedWallet.enrol(this.world, this.network, this.centre, number, balanceMinor));
    }
  }

  get devices(): Device[] {
    return [...this.wallets, ...this.tills].map(({ device }) => device);
  }

  /** Of one of the parties, killed or not. Anything that is neither death nor a full disk is a bug. */
  async act(party: SimulatedTill | SimulatedWallet, action: () => Promise<unknown>): Promise<void> {
    party.device.endanger();
    try {
      await action();
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
    if (party.device.isDead) await this.#restart(party);
    party.device.calm();
  }

  /** Notes what tills have taken alone since the last look. */
  lookAtTills(): void {
    for (const till of this.tills) {
      for (const { traceKey, amountMinor, state } of till.sales) {
        if (state.status !== 'accepted' || this.taken.has(traceKey)) continue;
        const { allowance, acceptedAtMs: takenAtMs } = state;
        const period = this.periods.get(till)!;
        this.taken.set(traceKey, { till, traceKey, amountMinor, allowance, takenAtMs, period });
        this.world.tally.count(
          'payments',
          till.isBlind ? 'taken by a till that breaks its rules' : 'taken by a till alone',
        );
      }
    }
  }

  close(): void {
    this.centre.process.close();
  }

  async #restart(party: SimulatedTill | SimulatedWallet): Promise<void> {
    for (;;) {
      try {
        await party.restart();
        return;
      } catch (error) {
        if (!isExpected(error)) throw error;
      }
    }
  }
}

export function isExpected(error: unknown): boolean {
  return error instanceof Killed || (error instanceof DOMException && error.name === 'QuotaExceededError');
}
