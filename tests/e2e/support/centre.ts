import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as v from 'valibot';
import { type RunningServer, startServer } from '../../../edge/serve/start-server.ts';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import type { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import type { PayCodeSettings } from '../../../shared/protocol/wire/pay-codes.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { type ApiAnswer, ApiClient, expectDone } from '../../support/api-client.ts';
import { challengeOf } from '../../support/enrol.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { FrontDoor } from './front-door.ts';

/** A shop of its own with one till that nobody has activated yet: what one test needs to itself. */
export interface NewTill {
  readonly shopName: string;
  readonly operatorName: string;
  readonly merchantNo: string;
  readonly terminalId: string;
  readonly activationLink: string;
}

export interface TrialBalance {
  readonly debitsMinor: number;
  readonly creditsMinor: number;
  readonly owedToMerchantsMinor: number;
  readonly faults: readonly string[];
}

export interface Attempt {
  readonly kind: string;
  readonly code: string;
}

export interface Account {
  readonly accountNumber: string;
  readonly availableMinor: number;
  readonly status: string;
}

export interface DoubleSpend {
  readonly id: number;
  readonly accountNumber: string;
  readonly contradiction: string;
  readonly outcome: string;
}

export interface CentreOptions {
  /** A programme of its own; left out: the demo. */
  readonly programme?: string;
  /** As it is installed: no demo, no programme, nobody who runs it. */
  readonly isUnclaimed?: boolean;
  /** Browsers come in by a door at which files can be changed, `centre.frontDoor`. */
  readonly hasFrontDoor?: boolean;
}

const ADMINISTRATOR = 'Robin';
const OPERATOR_NO = '01';

/** A shared machine takes seconds for a picture: what is tried with cameras here is not how quick it is, unless a test says so. */
const PATIENT = { toleranceMs: 60_000, regenerateMs: 20_000 } as const;

/** A running server with books of its own, and its administrator, who works over the API. */
export class Centre {
  server: RunningServer;
  administrator: ApiClient;
  readonly #dataDir: string;
  readonly #frontDoor: FrontDoor | undefined;

  private constructor(
    server: RunningServer,
    administrator: ApiClient,
    dataDir: string,
    frontDoor: FrontDoor | undefined,
  ) {
    this.server = server;
    this.administrator = administrator;
    this.#dataDir = dataDir;
    this.#frontDoor = frontDoor;
  }

  /** Starts it with fresh data and, unless said otherwise, claims the console. */
  static async start({ programme, isUnclaimed = false, hasFrontDoor = false }: CentreOptions = {}): Promise<Centre> {
    const frontDoor = hasFrontDoor ? await FrontDoor.open() : undefined;
    const dataDir = await mkdtemp(join(tmpdir(), 'browser-test-'));
    const isDemo = programme === undefined && !isUnclaimed;
    const server = await startServer({ dataDir, demo: isDemo, origin: frontDoor?.origin });
    frontDoor?.leadTo(server.localOrigin);
    const administrator = new ApiClient((request) => fetch(request), server.origin);
    const centre = new Centre(server, administrator, dataDir, frontDoor);
    if (isDemo) expectDone(await administrator.get('demo'));
    if (!isUnclaimed) await centre.#claimConsole(programme);
    return centre;
  }

  get frontDoor(): FrontDoor {
    if (!this.#frontDoor) throw new Error('This centre was started without a front door.');
    return this.#frontDoor;
  }

  /** At the same address with no books and other keys, as after `npm start -- --fresh`. */
  async beginAgain(): Promise<void> {
    const { port, origin } = this.server;
    await this.server.stop();
    await rm(this.#dataDir, { recursive: true });
    this.server = await startServer({ dataDir: this.#dataDir, demo: true, port, origin });
    this.administrator = new ApiClient((request) => fetch(request), origin);
    expectDone(await this.administrator.get('demo'));
    await this.#claimConsole(undefined);
  }

  async stop(): Promise<void> {
    await this.#frontDoor?.close();
    await this.server.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  get origin(): string {
    return this.server.origin;
  }

  async createTill({ shopName = 'Corner Café', operatorName = 'Alex' } = {}): Promise<NewTill> {
    const { merchantNo } = await this.#post<{ merchantNo: string }>('merchants', { name: shopName });
    const { terminalId } = await this.#post<{ terminalId: string }>('terminals', { merchantNo });
    await this.#post('operators', { merchantNo, operatorNo: OPERATOR_NO, name: operatorName });
    const activationLink = await this.createActivationLink(terminalId);
    return { shopName, operatorName, merchantNo, terminalId, activationLink };
  }

  /** What the manager of a shop asks for when a tablet is lost, too: whoever follows it has the till from then on. */
  async createActivationLink(terminalId: string): Promise<string> {
    const call = { terminalId, operatorNo: OPERATOR_NO };
    return (await this.#post<{ link: string }>('terminals/activation-codes', call)).link;
  }

  /** A card that nobody holds yet, with money on it. @returns its one-time code */
  async issueCard(label: string, amountMinor: number): Promise<{ accountNumber: string; claimCode: string }> {
    const { card, claim } = await this.#post<{ card: { accountNumber: string }; claim: { code: string } }>('accounts', {
      label,
    });
    await this.topUp(card.accountNumber, amountMinor);
    return { accountNumber: card.accountNumber, claimCode: claim.code };
  }

  /** The only account with this in its number, its label or its customer's name. */
  async findAccount(text: string): Promise<Account> {
    const { accounts } = await this.#get<{ accounts: Account[] }>(`accounts?search=${encodeURIComponent(text)}`);
    if (accounts.length !== 1) throw new Error(`${accounts.length} accounts with ${text}.`);
    return accounts[0]!;
  }

  async topUp(accountNumber: string, amountMinor: number): Promise<void> {
    await this.#post('accounts/top-ups', { accountNumber, amountMinor, reference: crypto.randomUUID() });
  }

  async freeze(accountNumber: string): Promise<void> {
    await this.#post('accounts/status', { accountNumber, status: 'frozen', reason: 'Reported as lost' });
  }

  async setRequestValidSeconds(requestValidSeconds: number): Promise<void> {
    const settings = await this.#get<object>('settings');
    await this.#post('settings', { ...settings, requestValidSeconds });
  }

  /** How pay codes are shown and judged from now on: devices hear of it when they sync next. */
  async setPayCode(changes: Partial<PayCodeSettings>): Promise<void> {
    const settings = await this.#get<{ payCode: PayCodeSettings }>('settings');
    await this.#post('settings', { ...settings, payCode: { ...settings.payCode, ...changes } });
  }

  /** What may be paid and taken with no network, from now on. */
  async setOffline(changes: Partial<v.InferInput<typeof OfflineSettings>>): Promise<void> {
    const settings = await this.#get<{ offline: OfflineSettings }>('settings');
    await this.#post('settings', { ...settings, offline: { ...settings.offline, ...changes } });
  }

  trialBalance(): Promise<TrialBalance> {
    return this.#get('trial-balance');
  }

  /** Refused attempts at one payment, oldest first. */
  async attempts(traceKey: string): Promise<readonly Attempt[]> {
    return (await this.#get<{ attempts: Attempt[] }>(`payments/${traceKey}`)).attempts;
  }

  /** Proven double spendings of one account. */
  async doubleSpends(accountNumber: string): Promise<readonly DoubleSpend[]> {
    const { doubleSpends } = await this.#get<{ doubleSpends: DoubleSpend[] }>('offline/double-spends');
    return doubleSpends.filter((found) => found.accountNumber === accountNumber);
  }

  /** All that proves one, as it can be given to anyone. */
  evidence(id: number): Promise<EvidenceFile> {
    return this.#get(`offline/double-spends/${id}/evidence`);
  }

  async countPaid(merchantNo: string): Promise<number> {
    const { rows } = await this.#get<{ rows: unknown[] }>(`payments?merchantNo=${merchantNo}&status=paid`);
    return rows.length;
  }

  async #get<T>(path: string): Promise<T> {
    return expectDone(await this.administrator.get<T>(`administration/${path}`));
  }

  async #post<T>(path: string, body: object): Promise<T> {
    return expectDone(await this.administrator.post<T>(`administration/${path}`, body));
  }

  async #claimConsole(programme: string | undefined): Promise<void> {
    const { origin, setupCode } = this.server;
    const authenticator = await createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
    const names = { programme: programme ?? '', programmeName: 'Campus card', participantName: 'Campus' };
    const fields = { setupCode, administratorName: ADMINISTRATOR, ...names, currency: 'EUR' };
    const begun = expectDone((await this.#send('setup/passkey-options', fields)) as ApiAnswer<CeremonyAnswer>);
    const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreRegistration);
    const response = JSON.stringify(await authenticator.register(challenge));
    const entered = await this.#send('setup', { ...fields, ceremony: begun.ceremony, response });
    if (entered.status !== 303) throw new Error(`The console was not claimed: ${entered.status}.`);
    await this.setPayCode(PATIENT);
  }

  #send(path: string, fields: Record<string, string>): Promise<ApiAnswer<unknown>> {
    return this.administrator.call('POST', `/centre/${path}`, { body: new URLSearchParams(fields) });
  }
}
