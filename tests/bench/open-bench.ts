import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../edge/serve/start-server.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { Administration } from '../faults/support/open-centre.ts';
import { ApiClient } from '../support/api-client.ts';
import { claimConsole, createApiKey } from '../support/claim-console.ts';
import { activateTill, type EnrolledTill, type EnrolledWallet, registerWallet } from '../support/enrol.ts';

/** Enough that no till and no wallet is a bottleneck of its own, few enough to be enrolled quickly. */
const TILLS = 8;
const WALLETS = 64;
/** Payments are of one minor unit, so nobody runs dry. */
const BALANCE_MINOR = 10_000_000;

/** The built worker in plain workerd on a disk, claimed, with tills and funded wallets. */
export interface Bench {
  readonly server: RunningServer;
  readonly dataDir: string;
  readonly administration: Administration;
  readonly merchant: { readonly merchantNo: string; readonly accountNumber: string };
  readonly tills: readonly EnrolledTill[];
  readonly wallets: readonly EnrolledWallet[];
  readonly client: ApiClient;
  close(): Promise<void>;
}

export interface BenchParties {
  readonly tills: number;
  readonly wallets: number;
}

export async function openBench(
  env: Readonly<Record<string, string>> = {},
  parties: BenchParties = { tills: TILLS, wallets: WALLETS },
): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await startServer({ dataDir, env: { BENCH: '1', TRUST_PROXY: '1', ...env } });
  return enrolBench(server, dataDir, parties);
}

/** Claims a server that was just started, and enrols who will pay. */
export async function enrolBench(
  server: RunningServer,
  dataDir: string,
  parties: BenchParties = { tills: TILLS, wallets: WALLETS },
): Promise<Bench> {
  // Each device at an address of its own, or two hundred tills of one address would be held for one that guesses codes.
  let devices = 0;
  const createClient = () => {
    devices += 1;
    const address = `10.${devices >> 16}.${(devices >> 8) & 255}.${devices & 255}`;
    const call = (request: Request) => {
      request.headers.set('x-forwarded-for', address);
      return fetch(request);
    };
    return new ApiClient(call, server.origin);
  };
  const desk = createClient();
  await claimConsole(desk, server.setupCode);
  const administration = new Administration(createClient(), await createApiKey(desk, 'Bench'));
  // Requests are made ahead of the clock, and shall still be good when their turn comes.
  const settings = await administration.get<object>('settings');
  await administration.post('settings', { ...settings, requestValidSeconds: BOUNDS.requestValidSecondsMax });
  const merchant = await administration.post<Bench['merchant']>('merchants', { name: 'Corner Café' });
  const { merchantNo } = merchant;
  await administration.post('operators', { merchantNo, operatorNo: '01', name: 'Alex' });
  const tills: EnrolledTill[] = [];
  for (let index = 0; index < parties.tills; index += 1) {
    const { terminalId } = await administration.post<{ terminalId: string }>('terminals', { merchantNo });
    const call = { terminalId, operatorNo: '01' };
    const { code } = await administration.post<{ code: string }>('terminals/activation-codes', call);
    tills.push(await activateTill(createClient(), code));
  }
  const wallets: EnrolledWallet[] = [];
  for (let index = 0; index < parties.wallets; index += 1) {
    const wallet = await registerWallet(createClient());
    const { accountNumber } = wallet.answer.cards[0]!;
    const reference = `bench-${accountNumber}`;
    await administration.post('accounts/top-ups', { accountNumber, amountMinor: BALANCE_MINOR, reference });
    wallets.push(wallet);
  }
  return {
    server,
    dataDir,
    administration,
    merchant,
    tills,
    wallets,
    client: createClient(),
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
