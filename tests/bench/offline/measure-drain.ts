import { decodeBase64url } from '../../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../shared/protocol/documents/receipt.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { makeOfflineSale } from '../../faults/support/offline-sale.ts';
import { unwrap } from '../../support/devices.ts';
import { encodeCall, HttpConnection } from '../http-connection.ts';
import { CONSENTS_PER_PHONE, type OfflineBench } from './open-offline-bench.ts';
import { percentileOf } from './percentile.ts';

/** Of each till: as many as its outbox has on their way. */
const PARALLEL = 4;
const PATIENCE_MS = 3_000;
const AMOUNT_MINOR = 1;
/** Signatures are made in Node's thread pool, so several are under way at a time. */
const MADE_AT_ONCE = 32;
/** So many are handed in once more afterwards, to see that nothing changes. */
const REPEATED = 200;

/** A sale that a till took alone, as the two calls of its outbox. */
interface QueuedSale {
  readonly settle: Buffer;
  readonly late: Buffer;
  answer?: string;
}

export interface Drained {
  readonly tills: number;
  readonly salesPerTill: number;
  readonly salesPerSecond: number;
  readonly callsPerSecond: number;
  /** From the moment the network is back until all of a till's sales are settled; over the tills. */
  readonly waitMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** From sending a consent until it is settled; over the sales. */
  readonly saleMs: { readonly p50: number; readonly p99: number };
  /** Share of them that took longer than an app waits before it says that there is no network. */
  readonly lateShare: number;
}

/**
 * All tills come back at the same moment, each with its queue. Every sale is two calls: the consent with the till's acceptance, then
 * the till's own request. @throws when a sale is not paid exactly once, or the books say otherwise
 * @param firstPhone which of the phones are still unused
 */
export async function measureDrain(
  bench: OfflineBench,
  options: { readonly tills: number; readonly salesPerTill: number; readonly firstPhone: number },
): Promise<Drained> {
  const { tills, salesPerTill } = options;
  const queues = await makeQueues(bench, options);
  const owedBefore = await owedMinor(bench);
  const connections = await Promise.all(
    queues.map(() => Promise.all(Array.from({ length: PARALLEL }, () => HttpConnection.open(bench.server.port)))),
  );
  const waits = new Float64Array(tills);
  const latencies: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    queues.map(async (queue, till) => {
      const waiting = [...queue];
      await Promise.all(connections[till]!.map((connection) => drain(connection, waiting, latencies)));
      waits[till] = performance.now() - startedMs;
    }),
  );
  const tookMs = performance.now() - startedMs;
  const sales = queues.flat();
  await expectPaidOnce(bench, sales, owedBefore, connections[0]![0]!);
  for (const connection of connections.flat()) connection.close();
  const wait = percentileOf(waits);
  const sale = percentileOf(Float64Array.from(latencies));
  return {
    tills,
    salesPerTill,
    salesPerSecond: (sales.length / tookMs) * 1000,
    callsPerSecond: (sales.length * 2 * 1000) / tookMs,
    waitMs: { p50: wait(0.5), p99: wait(0.99), max: wait(1) },
    saleMs: { p50: sale(0.5), p99: sale(0.99) },
    lateShare: latencies.filter((ms) => ms > PATIENCE_MS).length / latencies.length,
  };
}

async function drain(connection: HttpConnection, waiting: QueuedSale[], latencies: number[]): Promise<void> {
  for (let sale = waiting.shift(); sale; sale = waiting.shift()) {
    const startedMs = performance.now();
    const settled = await connection.send(sale.settle);
    latencies.push(performance.now() - startedMs);
    if (settled.status !== 200) throw new Error(`Not settled: ${settled.text}`);
    sale.answer = settled.text;
    const late = await connection.send(sale.late);
    if (late.status !== 200) throw new Error(`Not matched: ${late.text}`);
  }
}

async function makeQueues(
  bench: OfflineBench,
  { tills, salesPerTill, firstPhone }: { tills: number; salesPerTill: number; firstPhone: number },
): Promise<QueuedSale[][]> {
  const queues: QueuedSale[][] = Array.from({ length: tills }, () => []);
  const places = Array.from({ length: tills * salesPerTill }, (_, index) => index);
  const phoneCount = Math.ceil(places.length / CONSENTS_PER_PHONE);
  const phones = bench.phones.slice(firstPhone, firstPhone + phoneCount);
  if (phones.length < phoneCount) throw new Error('There are too few phones for so many sales.');
  // One phone gives one consent at a time.
  const made = new Map(phones.map((phone) => [phone, Promise.resolve()]));
  for (let first = 0; first < places.length; first += MADE_AT_ONCE) {
    await Promise.all(
      places.slice(first, first + MADE_AT_ONCE).map((index) => {
        const phone = phones[index % phoneCount]!;
        const next = made.get(phone)!.then(async () => {
          const till = bench.tills[index % tills]!;
          const sale = await makeOfflineSale(till, phone, AMOUNT_MINOR, bench.revocations);
          const encode = (path: string, call: object) => encodeCall(bench.server.origin, 'POST', path, call);
          const settle = encode('/api/v1/authorisations', sale.byTill);
          queues[index % tills]!.push({ settle, late: encode('/api/v1/requests', sale.late) });
        });
        made.set(phone, next);
        return next;
      }),
    );
  }
  return queues;
}

async function expectPaidOnce(
  bench: OfflineBench,
  sales: readonly QueuedSale[],
  owedBefore: number,
  connection: HttpConnection,
): Promise<void> {
  const sequences = new Set(sales.map(({ answer }) => sequenceOf(answer!)));
  if (sequences.size !== sales.length) throw new Error(`${sales.length} sales have ${sequences.size} receipts.`);
  const every = Math.max(1, Math.floor(sales.length / REPEATED));
  for (const [index, sale] of sales.entries()) {
    if (index % every !== 0) continue;
    const again = await connection.send(sale.settle);
    if (bodyOf(again.text) !== bodyOf(sale.answer!)) throw new Error(`Answered otherwise: ${again.text}`);
  }
  const owed = await owedMinor(bench);
  if (owed - owedBefore !== sales.length * AMOUNT_MINOR) throw new Error(`The books owe ${owed - owedBefore}.`);
}

async function owedMinor({ administration }: OfflineBench): Promise<number> {
  const balance = await administration.get<{ owedToMerchantsMinor: number; faults: string[] }>('trial-balance');
  if (balance.faults.length > 0) throw new Error(`The books do not balance: ${balance.faults.join(', ')}`);
  return balance.owedToMerchantsMinor;
}

function sequenceOf(text: string): number {
  const { receipt } = JSON.parse(bodyOf(text)) as PaymentAnswer;
  return unwrap(decodeDocument(Receipt, decodeBase64url(receipt ?? '')!)).content.sequence;
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
}
