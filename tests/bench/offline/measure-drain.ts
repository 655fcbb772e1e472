import { decodeBase64url } from '../../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../shared/protocol/documents/receipt.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { makeOfflineSale } from '../../faults/support/offline-sale.ts';
import { unwrap } from '../../support/devices.ts';
import { encodeCall, HttpConnection, type HttpReply } from '../http-connection.ts';
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

/** A sale that a till took alone, as the call of its outbox. */
interface QueuedSale {
  readonly settle: Buffer;
  answer?: string;
}

export interface Drained {
  readonly tills: number;
  readonly salesPerTill: number;
  readonly salesPerSecond: number;
  /** From the moment the network is back until all of a till's sales are settled; over the tills. */
  readonly waitMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** From sending a consent until it is settled; over the sales. */
  readonly saleMs: { readonly p50: number; readonly p99: number };
  /** Share of them that took longer than an app waits before it says that there is no network. */
  readonly lateShare: number;
  /** How often the server hung up on a call, which was then sent again. */
  readonly hangUps: number;
}

/**
 * All tills come back at the same moment, each with its queue. Every sale is one call: the consent with the till's acceptance and
 * its request. @throws when a sale is not paid exactly once, or the books say otherwise
 * @param firstPhone which of the phones are still unused
 */
export async function measureDrain(
  bench: OfflineBench,
  options: {
    readonly tills: number;
    readonly salesPerTill: number;
    readonly firstPhone: number;
    readonly parallel?: number;
  },
): Promise<Drained> {
  const { tills, salesPerTill, parallel = PARALLEL } = options;
  const queues = await makeQueues(bench, options);
  const owedBefore = await owedMinor(bench);
  const lines = queues.map(() => Array.from({ length: parallel }, () => new Line(bench.server.port)));
  const waits = new Float64Array(tills);
  const latencies: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    queues.map(async (queue, till) => {
      const waiting = [...queue];
      await Promise.all(lines[till]!.map((line) => drain(line, waiting, latencies)));
      waits[till] = performance.now() - startedMs;
    }),
  );
  const tookMs = performance.now() - startedMs;
  const sales = queues.flat();
  await expectPaidOnce(bench, sales, owedBefore, lines[0]![0]!);
  for (const line of lines.flat()) line.close();
  const wait = percentileOf(waits);
  const sale = percentileOf(Float64Array.from(latencies));
  return {
    tills,
    salesPerTill,
    salesPerSecond: (sales.length / tookMs) * 1000,
    waitMs: { p50: wait(0.5), p99: wait(0.99), max: wait(1) },
    saleMs: { p50: sale(0.5), p99: sale(0.99) },
    lateShare: latencies.filter((ms) => ms > PATIENCE_MS).length / latencies.length,
    hangUps: lines.flat().reduce((sum, line) => sum + line.hangUps, 0),
  };
}

async function drain(line: Line, waiting: QueuedSale[], latencies: number[]): Promise<void> {
  for (let sale = waiting.shift(); sale; sale = waiting.shift()) {
    const startedMs = performance.now();
    const settled = await line.send(sale.settle);
    latencies.push(performance.now() - startedMs);
    if (settled.status !== 200) throw new Error(`Not settled: ${settled.text}`);
    sale.answer = settled.text;
  }
}

/** A connection that is opened anew, and the same sent again, where the server hung up: it does on whom it left waiting for long. */
class Line {
  readonly #port: number;
  #connection: HttpConnection | undefined;
  hangUps = 0;

  constructor(port: number) {
    this.#port = port;
  }

  async send(call: Buffer): Promise<HttpReply> {
    for (;;) {
      this.#connection ??= await HttpConnection.open(this.#port);
      try {
        return await this.#connection.send(call);
      } catch {
        this.#connection = undefined;
        this.hangUps += 1;
      }
    }
  }

  close(): void {
    this.#connection?.close();
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
          const settle = encodeCall(bench.server.origin, 'POST', '/api/v1/authorisations', sale.byTill);
          queues[index % tills]!.push({ settle });
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
  line: Line,
): Promise<void> {
  const sequences = new Set(sales.map(({ answer }) => sequenceOf(answer!)));
  if (sequences.size !== sales.length) throw new Error(`${sales.length} sales have ${sequences.size} receipts.`);
  const every = Math.max(1, Math.floor(sales.length / REPEATED));
  for (const [index, sale] of sales.entries()) {
    if (index % every !== 0) continue;
    const again = await line.send(sale.settle);
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
