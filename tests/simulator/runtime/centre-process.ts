import './module-hooks.ts';
import { Hono } from 'hono';
import type { Env } from '../../../edge/env.ts';
import { ObjectStorage } from './object-storage.ts';

const { Ledger } = await import('../../../edge/ledger/ledger.ts');
const { Clearing } = await import('../../../edge/clearing/clearing.ts');
const { forgetProgramme } = await import('../../../edge/clearing/load-programme.ts');
const { paymentRoutes } = await import('../../../edge/routes/payments.ts');
const { walletAllowanceRoutes } = await import('../../../edge/routes/wallet-allowance.ts');
const { revocationRoutes } = await import('../../../edge/routes/revocations.ts');
const { programmeRoutes } = await import('../../../edge/routes/programme.ts');
const { terminalRoutes } = await import('../../../edge/routes/terminals.ts');
const { walletRoutes } = await import('../../../edge/routes/wallets.ts');
const { handleError } = await import('../../../edge/security/handle-error.ts');

export const ORIGIN = 'http://localhost:8787';

/** The centre: its routes and its two objects, as they are deployed, on databases in memory. */
export class CentreProcess {
  readonly storages = { clearing: new ObjectStorage(), ledger: new ObjectStorage() };
  readonly #app = new Hono<{ Bindings: Env }>()
    .route('/api/v1', programmeRoutes)
    .route('/api/v1', paymentRoutes)
    .route('/api/v1/terminals', terminalRoutes)
    .route('/api/v1', revocationRoutes)
    .route('/api/v1/wallet', walletRoutes)
    .route('/api/v1/wallet', walletAllowanceRoutes)
    .onError(handleError);
  #objects: { env: Env; clearing: InstanceType<typeof Clearing>; ledger: InstanceType<typeof Ledger> };

  constructor() {
    this.#objects = this.#start();
  }

  get env(): Env {
    return this.#objects.env;
  }

  get ledger(): InstanceType<typeof Ledger> {
    return this.#objects.ledger;
  }

  get clearing(): InstanceType<typeof Clearing> {
    return this.#objects.clearing;
  }

  /** Killed and started again: what was in memory is gone. */
  restart(): void {
    for (const storage of Object.values(this.storages)) storage.killAfter(undefined);
    this.#objects = this.#start();
  }

  fetch(request: Request): Promise<Response> {
    return Promise.resolve(this.#app.fetch(request, this.env));
  }

  close(): void {
    for (const storage of Object.values(this.storages)) storage.close();
  }

  #start() {
    forgetProgramme();
    const env = {
      PUBLIC_ORIGIN: ORIGIN,
      KEY_SECRET: 'c2ltdWxhdG9yOiB0aGlydHktdHdvIGJ5dGVzISEhISE',
      SETUP_CODE: 'SIMU-LATE-2345',
      LEDGER: { getByName: () => this.#objects.ledger },
      CLEARING: { getByName: () => this.#objects.clearing },
    } as unknown as Env;
    const clearing = new Clearing(stateOf(this.storages.clearing), env);
    const ledger = new Ledger(stateOf(this.storages.ledger), env);
    return { env, clearing, ledger };
  }
}

function stateOf(storage: ObjectStorage): DurableObjectState {
  const state = {
    storage,
    getWebSockets: () => [],
    setWebSocketAutoResponse: () => {},
    blockConcurrencyWhile: (run: () => unknown) => run(),
    waitUntil: () => {},
  };
  return state as unknown as DurableObjectState;
}
