import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthoriseCommand, ChargeCommand, SubmitCommand } from '../../../edge/ledger/commands.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { TestPayCode, TestTerminal } from '../../support/devices.ts';
import {
  type CustomerWallet,
  createCancelling,
  createCharge,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
  WELCOME_MINOR,
} from './open-test-books.ts';

/** One thing that someone may do, in any order and at the same time as others. Numbers choose among what there is. */
type Step =
  | { readonly does: 'submit'; readonly till: number; readonly amountMinor: number }
  | { readonly does: 'submit again'; readonly request: number }
  | { readonly does: 'consent'; readonly request: number; readonly customer: number }
  | { readonly does: 'consent again'; readonly consent: number }
  | { readonly does: 'charge'; readonly request: number; readonly customer: number; readonly payCode: number }
  | { readonly does: 'charge again'; readonly charge: number }
  | { readonly does: 'cancel'; readonly request: number }
  | { readonly does: 'top up'; readonly customer: number; readonly amountMinor: number; readonly reference: number }
  | { readonly does: 'hold'; readonly customer: number; readonly amountMinor: number }
  | { readonly does: 'post' | 'void'; readonly hold: number }
  | { readonly does: 'freeze' | 'open'; readonly customer: number };

const index = fc.nat({ max: 7 });
const amountMinor = fc.integer({ min: 1, max: 3_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('submit' as const), till: index, amountMinor }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('submit again' as const), request: index }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('consent' as const), request: index, customer: index }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('consent again' as const), consent: index }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('charge' as const), request: index, customer: index, payCode: index }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('charge again' as const), charge: index }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const), request: index }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('top up' as const), customer: index, amountMinor, reference: index }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('hold' as const), customer: index, amountMinor }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('post' as const, 'void' as const), hold: index }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('freeze' as const, 'open' as const), customer: index }) },
);
/** Rounds one after the other; the steps of a round all at once. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 10 });

/** What was answered, and so what must be true of the money. */
class Model {
  readonly submissions: { readonly command: SubmitCommand; readonly till: TestTerminal }[] = [];
  readonly consents: { readonly command: AuthoriseCommand; readonly customer: number }[] = [];
  readonly charges: { readonly command: ChargeCommand; readonly customer: number }[] = [];
  readonly holds: { readonly sequence: number; readonly amountMinor: number; readonly customer: number }[] = [];
  /** Balance of each customer, by the answers alone. */
  readonly balances: number[];
  readonly held: number[];
  readonly paid = new Map<string, string>();
  readonly references = new Set<string>();
  readonly ended = new Set<number>();
  takenMinor = 0;

  constructor(customers: number) {
    this.balances = Array.from({ length: customers }, () => WELCOME_MINOR);
    this.held = Array.from({ length: customers }, () => 0);
  }
}

interface World {
  readonly books: TestBooks;
  readonly tills: TestTerminal[];
  readonly customers: CustomerWallet[];
  /** Of each customer, shown again and again. */
  readonly payCodes: readonly TestPayCode[][];
  readonly model: Model;
}

async function take({ books, tills, customers, payCodes, model }: World, chosen: Step): Promise<void> {
  const { ledger } = books;
  const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
  switch (chosen.does) {
    case 'submit': {
      const till = pick(tills, chosen.till)!;
      const command = await createSubmission(till, chosen.amountMinor);
      model.submissions.push({ command, till });
      await ledger.submitRequest(command);
      return;
    }
    case 'submit again': {
      const submission = pick(model.submissions, chosen.request);
      if (submission) await ledger.submitRequest(submission.command);
      return;
    }
    case 'consent': {
      const submission = pick(model.submissions, chosen.request);
      if (!submission) return;
      const customer = chosen.customer % customers.length;
      const command = await createConsent(customers[customer]!, submission.command);
      model.consents.push({ command, customer });
      note(model, command, customer, await ledger.authorise(command));
      return;
    }
    case 'consent again': {
      const consent = pick(model.consents, chosen.consent);
      if (consent) note(model, consent.command, consent.customer, await ledger.authorise(consent.command));
      return;
    }
    case 'charge': {
      const submission = pick(model.submissions, chosen.request);
      if (!submission) return;
      const customer = chosen.customer % customers.length;
      const payCode = pick(payCodes[customer]!, chosen.payCode)!;
      const command = await createCharge(customers[customer]!, submission.till, submission.command, payCode);
      model.charges.push({ command, customer });
      note(model, command, customer, await ledger.chargePayCode(command));
      return;
    }
    case 'charge again': {
      const charge = pick(model.charges, chosen.charge);
      if (charge) note(model, charge.command, charge.customer, await ledger.chargePayCode(charge.command));
      return;
    }
    case 'cancel': {
      const submission = pick(model.submissions, chosen.request);
      if (submission) await ledger.cancelRequest(await createCancelling(submission.till, submission.command.request));
      return;
    }
    case 'top up': {
      const customer = chosen.customer % customers.length;
      const { accountNumber } = customers[customer]!;
      const reference = `test-${chosen.reference}`;
      const amount = chosen.amountMinor as AmountMinor;
      const answer = await ledger.topUp({ accountNumber, amountMinor: amount, reference });
      if (!answer.ok || model.references.has(reference)) return;
      model.references.add(reference);
      model.balances[customer]! += chosen.amountMinor;
      return;
    }
    case 'hold': {
      const customer = chosen.customer % customers.length;
      const debit = customers[customer]!.accountNumber;
      const command = { debit, credit: books.merchantAccount, amountMinor: chosen.amountMinor as AmountMinor };
      const answer = await ledger.hold({ ...command, reference: crypto.randomUUID() });
      if (!answer.ok) return;
      model.holds.push({ sequence: answer.value.sequence, amountMinor: chosen.amountMinor, customer });
      model.held[customer]! += chosen.amountMinor;
      return;
    }
    case 'post':
    case 'void': {
      const hold = pick(model.holds, chosen.hold);
      if (!hold) return;
      const answer = await ledger[chosen.does](hold.sequence);
      if (!answer.ok || model.ended.has(hold.sequence)) return;
      model.ended.add(hold.sequence);
      model.held[hold.customer]! -= hold.amountMinor;
      if (chosen.does === 'void') return;
      model.balances[hold.customer]! -= hold.amountMinor;
      model.takenMinor += hold.amountMinor;
      return;
    }
    case 'freeze':
    case 'open': {
      const { accountNumber } = pick(customers, chosen.customer)!;
      const status = chosen.does === 'freeze' ? 'frozen' : 'open';
      await ledger.setAccountStatus({ accountNumber, status, reason: 'test', by: 'test' });
    }
  }
}

/** A request has one receipt for ever, whoever asks and how often. */
function note(
  model: Model,
  { request }: SubmitCommand | AuthoriseCommand,
  customer: number,
  answer: Awaited<ReturnType<TestBooks['ledger']['authorise']>>,
): void {
  if (!answer.ok) return;
  const receipt = answer.value.receipt!;
  const known = model.paid.get(request.traceKey);
  if (known !== undefined) {
    expect(receipt).toBe(known);
    return;
  }
  model.paid.set(request.traceKey, receipt);
  model.balances[customer]! -= request.amountMinor;
  model.takenMinor += request.amountMinor;
}

describe('whatever happens in whatever order and at once', () => {
  it('the books stay whole, and hold exactly what was answered', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (steps) => {
        const books = await openTestBooks();
        const tills = [await books.openTerminal(), await books.openTerminal()];
        const customers = [await books.openWallet(), await books.openWallet(), await books.openWallet()];
        const payCodes = await Promise.all(
          customers.map(({ wallet }) =>
            Promise.all([300, 1_500, 3_000].map((capMinor) => wallet.createPayCode(capMinor, Date.now()))),
          ),
        );
        const world = { books, tills, customers, payCodes, model: new Model(customers.length) };
        for (const round of steps) await Promise.all(round.map((chosen) => take(world, chosen)));
        expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true, faults: [] });
        const views = await books.ledger.accountViews(customers.map(({ accountNumber }) => accountNumber));
        expect(views.map(({ balanceMinor }) => balanceMinor)).toEqual(world.model.balances);
        expect(views.map(({ heldMinor }) => heldMinor)).toEqual(world.model.held);
        const [shop] = await books.ledger.accountViews([books.merchantAccount]);
        expect(shop!.balanceMinor).toBe(world.model.takenMinor);
        books.registry[Symbol.dispose]();
      }),
      { numRuns: 25 },
    );
  });
});
