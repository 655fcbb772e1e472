import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { unwrap } from '../../support/devices.ts';
import { encodeCall } from '../http-connection.ts';
import { type Measured, measureLoad, type Task } from '../measure-load.ts';
import { measurePayments } from '../measure-payments.ts';
import { CONSENTS_PER_PHONE, type OfflineBench } from './open-offline-bench.ts';

const IN_FLIGHT = 32;
const AMOUNT_MINOR = 1;
/** Each is measured so many times, in turn, so that what else the machine does falls on both alike. */
const TURNS = 3;

export interface AllowanceCost {
  readonly without: Measured;
  readonly chained: Measured;
  /** Rate of chained ones by rate of the others; below 1: they cost more. */
  readonly ratio: number;
}

/**
 * Payments with a network on both sides: out of an allowance (the hold undone, the payment, the rest held anew), beside those that
 * know nothing of one. @returns the turn in the middle, by rate
 */
export async function measureAllowanceCost(
  bench: OfflineBench,
  { count, firstPhone }: { readonly count: number; readonly firstPhone: number },
): Promise<AllowanceCost> {
  const perTurn = Math.floor(count / TURNS);
  const turns: { readonly without: Measured; readonly chained: Measured }[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const without = await measurePayments(bench, perTurn, IN_FLIGHT, 'payment, no allowance');
    const first = firstPhone + turn * Math.ceil(perTurn / CONSENTS_PER_PHONE);
    const tasks = await prepareChained(bench, perTurn, first);
    turns.push({ without, chained: await measureLoad('payment out of an allowance', bench.server, tasks, IN_FLIGHT) });
  }
  const ratioOf = ({ without, chained }: (typeof turns)[number]) => chained.perSecond / without.perSecond;
  const middle = turns.sort((one, other) => ratioOf(one) - ratioOf(other))[Math.floor(TURNS / 2)]!;
  return { ...middle, ratio: ratioOf(middle) };
}

async function prepareChained({ tills, phones, server }: OfflineBench, count: number, first: number): Promise<Task[]> {
  const tasks: Task[] = [];
  const used = phones.slice(first, first + Math.ceil(count / CONSENTS_PER_PHONE));
  for (let index = 0; index < count; index += 1) {
    const { terminal } = tills[index % tills.length]!;
    const nowMs = Date.now();
    const changes = { validForSeconds: BOUNDS.requestValidSecondsMax };
    const { document } = await terminal.createRequest(AMOUNT_MINOR, nowMs, changes);
    const verified = unwrap(await terminal.verify(document, nowMs));
    const consent = await used[index % used.length]!.consent(verified, nowMs);
    const submission = {
      request: encodeBase64url(document),
      terminalCertificate: encodeBase64url(terminal.certificate),
    };
    const call = {
      authorisation: encodeBase64url(consent.authorisation),
      assertion: encodeBase64url(consent.assertion),
      walletCertificate: encodeBase64url(consent.walletCertificate),
      ...submission,
    };
    tasks.push({
      calls: [
        encodeCall(server.origin, 'POST', '/api/v1/requests', submission),
        encodeCall(server.origin, 'POST', '/api/v1/authorisations', call),
      ],
      check({ text }) {
        if (!text.includes('"status":"paid"')) throw new Error(`Not paid: ${text}`);
      },
    });
  }
  return tasks;
}
