import { encodeCall } from '../http-connection.ts';
import { type Measured, measureLoad } from '../measure-load.ts';
import { BASELINES } from '../measure-payments.ts';
import { describeMachine } from '../report.ts';
import { measureAcceptance } from './measure-acceptance.ts';
import { measureAllowanceCost } from './measure-allowance-cost.ts';
import { measureCodes } from './measure-codes.ts';
import { measureDrain } from './measure-drain.ts';
import { measureVerification, TAKEN } from './measure-verification.ts';
import type { OfflineReport } from './offline-report.ts';
import { CONSENTS_PER_PHONE, type OfflineBench, openOfflineBench } from './open-offline-bench.ts';
import type { OfflineOptions } from './options.ts';

const IN_FLIGHT = 32;

/** What offline payments cost: on the till, between the screens, and when everybody comes back at once. */
export async function measureOffline(options: OfflineOptions, say: (text: string) => void): Promise<OfflineReport> {
  const isAsked = (part: string) => part.includes(options.only);
  const codes = isAsked('codes') ? await measureCodes() : [];
  const [isVerified, isAccepted] = [isAsked('verification'), isAsked('acceptance')];
  if (isVerified || isAccepted) say('Verification in a browser …');
  const verification = isVerified || isAccepted ? await measureVerification(options.verifications) : [];
  if (isAccepted) say('From the first frame to accepted …');
  const taken = verification.filter(({ name }) => name === TAKEN);
  const acceptance = isAccepted ? await measureAcceptance(options.showings, taken) : [];
  const ofServer = isAsked('drain') || isAsked('cost') ? await measureServer(options, say) : undefined;
  return {
    measuredOn: describeMachine(),
    codes,
    verification,
    acceptance,
    nothing: ofServer?.nothing,
    drained: ofServer?.drained ?? [],
    cost: ofServer?.cost,
  };
}

async function measureServer(options: OfflineOptions, say: (text: string) => void) {
  const { storm, oneTill, payments } = options;
  const ofStorm = phonesFor(storm.tills * storm.sales);
  const ofOneTill = phonesFor(oneTill);
  const ofCost = phonesFor(payments) + 3;
  say(`Enrolling ${storm.tills} tills and ${ofStorm + ofOneTill + ofCost} phones …`);
  const bench = await openOfflineBench({ tills: storm.tills, wallets: ofStorm + ofOneTill + ofCost });
  try {
    await measureNothing(bench, options.calls);
    say('Payments with and without an allowance …');
    const cost = await measureAllowanceCost(bench, { count: payments, firstPhone: ofStorm + ofOneTill });
    say(`One till with ${oneTill} sales …`);
    const one = await measureDrain(bench, { tills: 1, salesPerTill: oneTill, firstPhone: ofStorm });
    say(`${storm.tills} tills with ${storm.sales} sales each …`);
    const all = await measureDrain(bench, { tills: storm.tills, salesPerTill: storm.sales, firstPhone: 0 });
    say('Checking the books, every signature in them …');
    await expectWholeBooks(bench);
    return { nothing: await measureNothing(bench, options.calls), drained: [one, all], cost };
  } finally {
    await bench.close();
  }
}

async function expectWholeBooks({ administration }: OfflineBench): Promise<void> {
  const { faults, isWhole } = await administration.get<{ faults: string[]; isWhole: boolean }>('books-check');
  if (!isWhole || faults.length > 0) throw new Error(`The books are not whole: ${faults.join(', ')}`);
}

function measureNothing({ server }: OfflineBench, count: number): Promise<Measured> {
  const name = 'object that does nothing';
  const task = { calls: [encodeCall(server.origin, 'GET', BASELINES[name])], check: () => undefined };
  return measureLoad(
    name,
    server,
    Array.from({ length: count }, () => task),
    IN_FLIGHT,
  );
}

function phonesFor(sales: number): number {
  return Math.ceil(sales / CONSENTS_PER_PHONE);
}
