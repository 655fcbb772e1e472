import { fetchRevocations } from '../../../pos-pwa/offline/fetch-revocations.ts';
import { handInSale } from '../../../pos-pwa/offline/hand-in.ts';
import { takeConsent } from '../../../pos-pwa/offline/take-consent.ts';
import { TrustedTime } from '../../../pos-pwa/offline/trusted-time.ts';
import { askAboutSale } from '../../../pos-pwa/sale/ask-about-sale.ts';
import { CentreClient } from '../../../pos-pwa/sale/centre-client.ts';
import { createSale } from '../../../pos-pwa/sale/create-sale.ts';
import { readAnswer } from '../../../pos-pwa/sale/read-answer.ts';
import type { CarriedConsent, Sale } from '../../../pos-pwa/sale/sale.ts';
import { isOpen } from '../../../pos-pwa/sale/sale.ts';
import { beginNumbers } from '../../../pos-pwa/sale/voucher-numbers.ts';
import { OfflineRecords } from '../../../pos-pwa/storage/offline-records.ts';
import { SaleStore } from '../../../pos-pwa/storage/sale-store.ts';
import type { CashierRecord, TerminalRecord, TillDatabase } from '../../../pos-pwa/storage/till-database.ts';
import { readTerminalAnswer } from '../../../pos-pwa/till/read-terminal-answer.ts';
import { type Terminal, verifyTerminal } from '../../../pos-pwa/till/terminal.ts';
import { CorrectedClock } from '../../../shared/browser/clock/corrected-clock.ts';
import { ApiClient } from '../../../shared/browser/network/api-client.ts';
import { Outbox } from '../../../shared/browser/outbox/outbox.ts';
import { createOutboxItem } from '../../../shared/browser/outbox/outbox-order.ts';
import { OutboxStore } from '../../../shared/browser/outbox/outbox-store.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { decodeAuthorisationPayload } from '../../../shared/protocol/codes/authorisation-payload.ts';
import { joinTwinCode } from '../../../shared/protocol/codes/join-twin-code.ts';
import { parseTwinHalf, type TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { type Result, refuse } from '../../../shared/protocol/result.ts';
import { createSigningKey, type SigningKey } from '../../../shared/protocol/signing-key.ts';
import { TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import { TerminalAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { ORIGIN } from '../runtime/centre-process.ts';
import { Disk, type DiskSchema } from '../world/disk.ts';
import type { Network } from '../world/network.ts';
import { Device, type World } from '../world/world.ts';
import { type SimulatedCentre, unwrap } from './centre.ts';
import { alwaysGranted } from './locks.ts';

const SCHEMA: DiskSchema = {
  terminal: null,
  cashier: null,
  clock: null,
  numbers: null,
  sales: 'traceKey',
  outbox: 'id',
  offline: null,
  allowances: null,
};
const CASHIER: CashierRecord = { operatorNo: '01' as CashierRecord['operatorNo'], name: 'Alex', expiresAtMs: 1e15 };
const TWIN_RULES = { windowMs: 3_000, toleranceMs: 10_000 };

/** What is in the memory of the app while it runs. */
interface Running {
  readonly clock: CorrectedClock;
  readonly time: TrustedTime;
  readonly outbox: Outbox;
}

/** A till: the app's own logic over ports. */
export class SimulatedTill {
  readonly device: Device;
  /** Takes what it should not: its limits are as wide as they go, and it knows of nothing that was withdrawn. */
  readonly isBlind: boolean;
  readonly disk: Disk;
  readonly key: SigningKey;
  readonly #world: World;
  readonly #api: ApiClient;
  readonly #sales: SaleStore;
  readonly #records: OfflineRecords;
  readonly #items: OutboxStore;
  readonly #centre: CentreClient;
  #terminal: Terminal | undefined;
  #running: Running;

  private constructor(world: World, network: Network, name: string, key: SigningKey, cookie: string, isBlind: boolean) {
    this.#world = world;
    this.device = new Device(name, world);
    this.isBlind = isBlind;
    this.key = key;
    this.disk = new Disk(world, this.device, SCHEMA);
    const database = this.disk as unknown as TillDatabase;
    this.#sales = new SaleStore(database);
    this.#records = new OfflineRecords(database);
    this.#items = new OutboxStore(database);
    const fetch = network.fetchOf(this.device, () => cookie);
    this.#api = new ApiClient({ root: `${ORIGIN}/api/v1/`, fetch });
    this.#centre = new CentreClient({
      publicApi: this.#api,
      api: this.#api,
      nowMs: () => this.nowMs(),
      key: () => this.key,
    });
    this.#running = this.#start();
  }

  static async activate(
    world: World,
    network: Network,
    centre: SimulatedCentre,
    number: number,
    isBlind: boolean,
  ): Promise<SimulatedTill> {
    const key = await createSigningKey(false);
    const { cookie } = await centre.enrolTill(number, key.publicKey);
    const till = new SimulatedTill(world, network, `till ${number + 1}`, key, cookie, isBlind);
    const answer = await till.#api.call({
      path: 'terminals/offline-terms',
      body: { termsVersion: TERMS_VERSION, hasAgreed: true },
      answer: TerminalAnswer,
    });
    if (!answer.ok) throw new Error(`The till was not activated: ${answer.code} ${answer.detail ?? ''}`);
    await till.#adopt(answer.value, undefined);
    await till.disk.writeStrict(['numbers'], (transaction) =>
      transaction.objectStore('numbers').put(beginNumbers(1, 'today') as never, 'numbers'),
    );
    if (!(await till.sync())) throw new Error('The till was not synchronised.');
    return till;
  }

  get terminal(): Terminal {
    return this.#terminal!;
  }

  nowMs(): number {
    return this.#running.clock.nowMs();
  }

  /** Killed, and started again from what is on the disk. */
  async restart(): Promise<void> {
    this.device.revive();
    this.#running = this.#start();
    const [record] = this.disk.rows<TerminalRecord>('terminal');
    this.#terminal = record && unwrap(await verifyTerminal(record, this.key));
    this.#running.time.raise((await this.#records.loadState()).centreTimeMs);
    await this.#sales.queueForgotten(this.nowMs());
  }

  // At the counter

  async ask(amountMinor: number): Promise<Sale> {
    const voucher = await this.#sales.takeVoucher('today');
    const sale = await createSale(amountMinor as AmountMinor, this.terminal, CASHIER, voucher, this.nowMs());
    await this.#sales.add(sale);
    return sale;
  }

  /** Both codes were read. Refuses what the joining refuses, `request_mismatch`. */
  async read(code: TwinCode): Promise<Result<CarriedConsent>> {
    const nowMs = this.nowMs();
    const captures = [
      { text: code.a, capturedAtMs: nowMs },
      { text: code.b, capturedAtMs: nowMs + 300 },
    ] as const;
    const joined = await joinTwinCode(captures, TWIN_RULES, async () => undefined);
    return joined.ok ? decodeAuthorisationPayload(joined.value.payload) : joined;
  }

  /** The same with the clock of the showing: as if the codes had been made a moment ago. */
  async readWhenever(code: TwinCode): Promise<Result<CarriedConsent>> {
    const [a, b] = [unwrap(parseTwinHalf(code.a)), unwrap(parseTwinHalf(code.b))];
    const captures = [
      { text: code.a, capturedAtMs: a.madeAtMs },
      { text: code.b, capturedAtMs: b.madeAtMs },
    ] as const;
    const joined = await joinTwinCode(captures, TWIN_RULES, async () => undefined);
    return joined.ok ? decodeAuthorisationPayload(joined.value.payload) : joined;
  }

  /** Hands in what was scanned; without a network it is taken alone. @returns the sale as it stands then */
  async charge(traceKey: TraceKey, consent: CarriedConsent): Promise<Sale> {
    const sale = await this.#sales.applyEvents(traceKey, [{ kind: 'charged', charge: consent }]);
    if (sale.state.status !== 'charging') return sale;
    const answered = await askAboutSale(sale, this.#centre, (answer) => this.#read(sale, answer), true);
    if (answered.ok) return this.#sales.applyEvents(traceKey, [answered.value]);
    if (answered.code !== 'no_network') return sale;
    const taken = await this.takeAlone(traceKey, consent);
    if (taken.ok) return taken.value;
    this.#world.tally.count('refused by a till alone', taken.code);
    return (await this.#sales.load(traceKey)) ?? sale;
  }

  takeAlone(traceKey: TraceKey, consent: CarriedConsent): Promise<Result<Sale>> {
    const terminal = this.isBlind ? makeBlind(this.terminal) : this.terminal;
    const store = this.isBlind ? new BlindRecords(this.disk as unknown as TillDatabase) : this.#records;
    const parts = { store, terminal, nowMs: () => this.#running.time.nowMs() };
    return takeConsent(parts, traceKey, consent);
  }

  async cancel(traceKey: TraceKey): Promise<void> {
    await this.#sales.applyEvents(traceKey, [{ kind: 'cancel-asked' }]);
    await this.follow(traceKey);
  }

  /** The receipt off the customer's phone. */
  async readReceipt(traceKey: TraceKey, answer: Parameters<typeof readAnswer>[1]): Promise<void> {
    const sale = await this.#sales.load(traceKey);
    const event = sale && (await this.#read(sale, answer));
    if (event?.ok && event.value.kind === 'receipt')
      await this.#sales.applyEvents(traceKey, [{ ...event.value, kind: 'receipt-shown' }]);
  }

  // In the background

  /** One step nearer to the end of a sale that is open. */
  async follow(traceKey: TraceKey): Promise<void> {
    const sale = await this.#sales.load(traceKey);
    if (!sale || !isOpen(sale)) return;
    const answered = await askAboutSale(sale, this.#centre, (answer) => this.#read(sale, answer), false);
    if (answered.ok) await this.#sales.applyEvents(traceKey, [answered.value]);
  }

  handIn(): Promise<void> {
    return this.#running.outbox.hurry();
  }

  /** A person asks for another try of what stepped aside. */
  async tryAgain(): Promise<void> {
    for (const item of await this.#items.loadAll()) {
      if (item.parkedFor) await this.#items.put(createOutboxItem(item.id, item.place, this.nowMs()));
    }
    await this.handIn();
  }

  /** @returns whether the centre answered */
  async sync(): Promise<boolean> {
    const answer = await this.#api.call({ path: 'terminals/sync', body: {}, answer: TerminalAnswer });
    if (!answer.ok) return false;
    const atMs = answer.value.programme.centreTimeMs;
    this.#running.clock.sync(atMs, { sentAtMs: this.device.monotonicMs(), receivedAtMs: this.device.monotonicMs() });
    await this.#adopt(answer.value, this.#terminal?.record.pinnedCentreKey);
    const { revocations } = await this.#records.loadState();
    const accepted = await this.#records.loadAccepted();
    const lists = await fetchRevocations(this.#api, revocations?.version ?? 0, this.terminal);
    await this.#records.syncState(atMs, lists.ok ? { lists: lists.value, accepted } : undefined);
    this.#running.time.raise(atMs);
    return true;
  }

  // For whoever looks on

  get sales(): readonly Sale[] {
    return this.disk.rows<Sale>('sales');
  }

  loadOfflineState() {
    return this.#records.loadState();
  }

  async #adopt(answer: TerminalAnswer, pinned: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
    const { terminal } = unwrap(await readTerminalAnswer(answer, this.key, pinned));
    await this.disk.writeStrict(['terminal'], (transaction) =>
      transaction.objectStore('terminal').put(terminal.record as never, 'terminal'),
    );
    this.#terminal = terminal;
  }

  async #read(sale: Sale, answer: Parameters<typeof readAnswer>[1]) {
    return this.#terminal ? readAnswer(sale, answer, this.#terminal.trust) : refuse('not_activated');
  }

  #start(): Running {
    const clock = new CorrectedClock(this.#savedClock(), this.device);
    const time = new TrustedTime(() => clock.nowMs(), this.device.monotonicMs);
    const outbox = new Outbox({
      storage: this.#items,
      handIn: (item) =>
        handInSale(
          {
            store: this.#sales,
            centre: this.#centre,
            read: (sale, answer) => this.#read(sale, answer),
            onChange: () => {},
          },
          item,
        ),
      locks: alwaysGranted,
      lockName: 'till',
      random: () => this.#world.random.number(),
      nowMs: this.device.wallMs,
      setTimer: () => () => {},
    });
    return { clock, time, outbox };
  }

  /** The app writes it down with each sync. */
  #savedClock() {
    const offsetMs = this.#running ? this.#running.clock.nowMs() - this.device.wallMs() : 0;
    return this.#running && { offsetMs, toleranceMs: 0, syncedAtWallMs: this.device.wallMs() };
  }
}

function makeBlind({ record, ...terminal }: Terminal): Terminal {
  const wide = { tillPerAllowanceMinor: 100_000_000, tillTotalMinor: 100_000_000, tillCountMax: 10_000 };
  const offline = { ...record.programme.offline, ...wide } as Terminal['record']['programme']['offline'];
  return { ...terminal, record: { ...record, programme: { ...record.programme, offline } } };
}

/** It has seen nothing of any chain, and its list is empty and of this moment. */
class BlindRecords extends OfflineRecords {
  override async load(
    ...key: Parameters<OfflineRecords['load']>
  ): Promise<Awaited<ReturnType<OfflineRecords['load']>>> {
    return blindly(await super.load(...key));
  }

  override change<T>(...[traceKey, allowance, decide]: Parameters<OfflineRecords['change']>): Promise<T> {
    return super.change(traceKey, allowance, (picture) => decide(blindly(picture))) as Promise<T>;
  }
}

function blindly(picture: Awaited<ReturnType<OfflineRecords['load']>>): Awaited<ReturnType<OfflineRecords['load']>> {
  const { state } = picture;
  const known = {
    version: 0,
    issuedAtMs: Math.max(state.centreTimeMs, state.revocations?.issuedAtMs ?? 0),
    serials: new Set<string>(),
  };
  return {
    ...picture,
    seen: undefined,
    state: { ...state, revocations: known, takings: { ...state.takings, syncedAtMs: 1e15 } },
  };
}
