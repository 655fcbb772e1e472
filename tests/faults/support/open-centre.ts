import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../../edge/serve/start-server.ts';
import { ApiClient, expectDone } from '../../support/api-client.ts';
import { claimConsole, createApiKey } from '../../support/claim-console.ts';
import { activateTill, type EnrolledTill, type EnrolledWallet, registerWallet } from '../../support/enrol.ts';
import { tally } from './tally.ts';

export interface OpenCentreOptions {
  readonly tills: number;
  readonly wallets: number;
  /** What each wallet's card is topped up with. */
  readonly balanceMinor: number;
  /** Where the data goes. Left out: a folder of its own, which `close` removes. */
  readonly dataDir?: string;
  /** More bindings of the worker. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A centre in earnest: the built worker in plain workerd on a disk, claimed, with a shop, tills and funded wallets. */
export interface OpenCentre {
  /** Replaced by each restart. */
  server: RunningServer;
  readonly administration: Administration;
  readonly merchant: { readonly merchantNo: string; readonly accountNumber: string };
  readonly tills: readonly EnrolledTill[];
  readonly wallets: readonly EnrolledWallet[];
  createClient(): ApiClient;
  addTill(): Promise<EnrolledTill>;
  addWallet(name?: string): Promise<EnrolledWallet>;
  /** SIGKILL, then the same data served again at the same address. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export async function openCentre(options: OpenCentreOptions): Promise<OpenCentre> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'centre-')));
  const { env } = options;
  let server = await startServer({ dataDir, env });
  const { origin, port } = server;
  const createClient = () => new ApiClient((request) => fetch(request), origin);

  const desk = createClient();
  await claimConsole(desk, server.setupCode);
  const administration = new Administration(createClient(), await createApiKey(desk, 'Tests'));
  const merchant = await administration.post<OpenCentre['merchant']>('merchants', { name: 'Corner Café' });
  await administration.post('operators', { merchantNo: merchant.merchantNo, operatorNo: '01', name: 'Alex' });

  async function addTill(): Promise<EnrolledTill> {
    const { terminalId } = await administration.post<{ terminalId: string }>('terminals', {
      merchantNo: merchant.merchantNo,
    });
    const call = { terminalId, operatorNo: '01' };
    const { code } = await administration.post<{ code: string }>('terminals/activation-codes', call);
    return activateTill(createClient(), code);
  }

  async function addWallet(name = 'Robin'): Promise<EnrolledWallet> {
    const wallet = await registerWallet(createClient(), name);
    const { accountNumber } = wallet.answer.cards[0]!;
    const reference = `first-${accountNumber}`;
    await administration.post('accounts/top-ups', { accountNumber, amountMinor: options.balanceMinor, reference });
    return wallet;
  }

  return {
    get server() {
      return server;
    },
    administration,
    merchant,
    tills: await Promise.all(Array.from({ length: options.tills }, addTill)),
    wallets: await Promise.all(Array.from({ length: options.wallets }, () => addWallet())),
    createClient,
    addTill,
    addWallet,
    async killAndRestart() {
      await server.kill();
      tally('SIGKILLs of workerd');
      server = await startServer({ dataDir, port, env });
    },
    async close() {
      await server.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The administration's API, by a key. */
export class Administration {
  readonly #client: ApiClient;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(client: ApiClient, token: string) {
    this.#client = client;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  async get<T>(path: string): Promise<T> {
    return expectDone(await this.#client.call<T>('GET', `administration/${path}`, { headers: this.#headers }));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const init = { headers: this.#headers, body: JSON.stringify(body) };
    return expectDone(await this.#client.call<T>('POST', `administration/${path}`, init));
  }

  /** Posted balance less holds of one account. */
  async availableMinor(accountNumber: string): Promise<number> {
    return (await this.get<{ availableMinor: number }>(`accounts/${accountNumber}`)).availableMinor;
  }
}
