import { Store } from '../../shared/browser/state/store.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import type { Card } from '../cards/card.ts';
import { isOfChain, type KeptChain } from '../offline/kept-chain.ts';
import type { RehearsalState } from '../offline/rehearsal.ts';
import type { RehearsalFlow } from '../offline/rehearsal-flow.ts';
import type { CarriedRevocations } from '../offline/revocations.ts';
import { loadOfflineParts } from '../parts/load-offline-parts.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { AllowanceDesk, AllowanceDeskParts } from './allowance-desk.ts';

/** What is set aside for paying without a network, as screens and payments see it. What speaks with the centre about it comes later. */
export class OfflinePayments {
  readonly chains: Store<readonly KeptChain[]>;
  readonly rehearsal = new Store<RehearsalState>({ status: 'explaining' });
  readonly revocations = new Store<CarriedRevocations | undefined>(undefined);
  readonly #parts: AllowanceDeskParts;
  #desk: Promise<AllowanceDesk> | undefined;

  /** @param chains shown by whoever else has it */
  constructor(chains: Store<readonly KeptChain[]>, parts: AllowanceDeskParts) {
    this.chains = chains;
    this.#parts = parts;
  }

  /** From the disk: after anything may have moved a chain. */
  async load(): Promise<void> {
    this.chains.set(await this.#parts.chains.loadAll());
    this.revocations.set(await this.#parts.carried.loadRevocations());
  }

  /** Whether money is to be set aside on a card. */
  isWanted({ accountNumber, grant, offlineTermsVersion }: Card): boolean {
    const offline = this.#parts.ready()?.account.programme.offline;
    if (!offline?.isOn || offlineTermsVersion !== TERMS_VERSION) return false;
    const { offlineCard } = this.#parts.preferences();
    return offlineCard === undefined ? grant !== undefined : offlineCard === accountNumber;
  }

  /** When the money of a consent is free again, if nobody hands it in. */
  claimUntilMs(intent: PaymentIntent): number {
    const chain = this.chains.value.find((known) => isOfChain(known, intent));
    const { claimSeconds = 0 } = this.#parts.ready()?.account.programme.offline ?? {};
    return (chain?.allowance.expiresAtMs ?? intent.facts.expiresAtMs) + claimSeconds * 1000;
  }

  /** At each sync: last words, the next allowance, and the list that is carried for tills. */
  async sync(): Promise<void> {
    await (await this.#open()).sync();
  }

  /** A payment needs what is set aside, and there is a network: it is given back first. */
  async free(card: Card): Promise<Result<Card>> {
    return (await this.#open()).free(card);
  }

  /** The person wants none any more. Without a network the money is given back at the next sync. */
  async switchOff(): Promise<void> {
    await (await this.#open()).switchOff();
  }

  /** Before this phone forgets the wallet: last words on everything, where the centre can be reached. */
  async closeAll(): Promise<void> {
    await (await this.#open()).closeAll();
  }

  /**
   * The person agrees. They are asked to turn the network off only once the phone has loaded all that a payment without one needs.
   * Where that cannot be loaded they are told, and the next tap tries again.
   */
  async agree(): Promise<void> {
    const loaded = await Promise.all([this.openRehearsal(), loadOfflineParts()]).catch(() => undefined);
    if (loaded) await loaded[0].agree();
    else this.rehearsal.set({ status: 'explaining', notice: 'no_network' });
  }

  async openRehearsal(): Promise<RehearsalFlow> {
    return (await this.#open()).openRehearsal();
  }

  /** What was signed with the network off, whenever there is one. */
  async handInRehearsal(): Promise<void> {
    if (await this.#parts.carried.loadRehearsal()) await (await this.openRehearsal()).handIn();
  }

  #open(): Promise<AllowanceDesk> {
    this.#desk ??= this.#loadDesk();
    return this.#desk;
  }

  /** What did not come once, because the network was gone, is asked for again the next time it is needed. */
  async #loadDesk(): Promise<AllowanceDesk> {
    try {
      const { AllowanceDesk } = await import('./allowance-desk.ts');
      return new AllowanceDesk(this, this.#parts);
    } catch (error) {
      this.#desk = undefined;
      throw error;
    }
  }
}
