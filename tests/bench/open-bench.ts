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
  readonly tills: readonly EnrolledTill[];
  readonly wallets: readonly EnrolledWallet[];
  readonly client: ApiClient;
  close(): Promise<void>;
}

export async function openBench(env: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await startServer({ dataDir, env: { BENCH: '1', ...env } });
  return enrolBench(server, dataDir);
}

/** Claims a server that was just started, and enrols who will pay. */
export async function enrolBench(server: RunningServer, dataDir: string): Promise<Bench> {
  const createClient = () => new ApiClient((request) => fetch(request), server.origin);
  const desk = createClient();
  await claimConsole(desk, server.setupCode);
  const administration = new Administration(createClient(), await createApiKey(desk, 'Bench'));
  // Requests are made ahead of the clock, and shall still be good when their turn comes.
  const settings = await administration.get<object>('settings');
  await administration.post('settings', { ...settings, requestValidSeconds: BOUNDS.requestValidSecondsMax });
  const merchant = await administration.post<{ merchantNo: string }>('merchants', { name: 'Corner Café' });
  const { merchantNo } = merchant;
  await administration.post('operators', { merchantNo, operatorNo: '01', name: 'Alex' });
  const tills: EnrolledTill[] = [];
  for (let index = 0; index < TILLS; index += 1) {
    const { terminalId } = await administration.post<{ terminalId: string }>('terminals', { merchantNo });
    const call = { terminalId, operatorNo: '01' };
    const { code } = await administration.post<{ code: string }>('terminals/activation-codes', call);
    tills.push(await activateTill(createClient(), code));
  }
  const wallets: EnrolledWallet[] = [];
  for (let index = 0; index < WALLETS; index += 1) {
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
    tills,
    wallets,
    client: createClient(),
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
