import type { CentreProcess } from '../runtime/centre-process.ts';
import type { Device, World } from './world.ts';

interface Message {
  readonly request: Request;
  readonly dueAtMs: number;
}

/** Between devices and the centre: loses, doubles, reorders and delays, and lets the centre be killed in the middle of a call. */
export class Network {
  readonly #world: World;
  readonly #centre: CentreProcess;
  #underWay: Message[] = [];

  constructor(world: World, centre: CentreProcess) {
    this.#world = world;
    this.#centre = centre;
  }

  /** What `fetch` is to a device. @param cookie of its session */
  fetchOf(device: Device, cookie: () => string): typeof fetch {
    return async (input, init) => {
      device.pass();
      const headers = {
        ...(init?.headers as Record<string, string>),
        cookie: cookie(),
        origin: new URL(String(input)).origin,
      };
      const { method, body } = init ?? {};
      const request = new Request(String(input), { method, body, headers } as RequestInit);
      const response = await this.#send(device, request);
      device.pass();
      if (!response) throw new TypeError('There is no network.');
      return response;
    };
  }

  /** What was held up and is due now arrives, in any order; its sender has long stopped waiting. */
  async deliver(): Promise<void> {
    const due = this.#underWay.filter(({ dueAtMs }) => dueAtMs <= this.#world.nowMs);
    this.#underWay = this.#underWay.filter(({ dueAtMs }) => dueAtMs > this.#world.nowMs);
    while (due.length > 0) {
      const [message] = due.splice(this.#world.random.between(0, due.length - 1), 1);
      await this.#handle(message!.request);
    }
  }

  async deliverAll(): Promise<void> {
    this.#underWay = this.#underWay.map((message) => ({ ...message, dueAtMs: 0 }));
    await this.deliver();
  }

  async #send(device: Device, request: Request): Promise<Response | undefined> {
    const { random, faults, nowMs } = this.#world;
    if (device.cutOffSteps > 0 || this.#world.happens('loss', 0.5)) return undefined;
    const later = () => nowMs + random.between(1_000, Math.max(1_000, faults.delayMsMax));
    if (this.#world.happens('duplicates'))
      this.#underWay.push({ request: request.clone() as Request, dueAtMs: later() });
    if (this.#world.happens('delay')) {
      this.#underWay.push({ request, dueAtMs: later() });
      return undefined;
    }
    const response = await this.#handle(request);
    return this.#world.happens('loss', 0.5) ? undefined : response;
  }

  /** @returns undefined where the centre died of it */
  async #handle(request: Request): Promise<Response | undefined> {
    const { ledger } = this.#centre.storages;
    const isKilled = this.#world.happens('centreKill');
    if (isKilled) ledger.killAfter(this.#world.random.between(0, 25));
    const response = await this.#centre.fetch(request);
    const hasDied = ledger.hasDied;
    if (isKilled) this.#centre.restart();
    return hasDied ? undefined : response;
  }
}
