import { encodeHex } from '../../../shared/protocol/bytes.ts';
import { type ChainLink, findContradiction } from '../../../shared/protocol/offline/chain.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { type Scene, type Taken, Violation } from '../scene.ts';

/** What must hold after every step. Each check says which rule it is. */
export class StepInvariants {
  readonly #scene: Scene;
  #lastEntry: { readonly sequence: number; readonly hash: string } | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  check(): void {
    // Nothing changes in the books without an entry in the journal.
    if (this.#checkJournal()) {
      this.#checkBooks();
      this.#checkReserves();
      this.#checkAccused();
      this.#checkCover();
    }
    this.#checkHonestPhones();
    this.#checkTills();
  }

  /** INV-1, INV-2: debits equal credits, nobody is below zero, the chain is whole; and what is in is what was put in. */
  #checkBooks(): void {
    const { centre } = this.#scene;
    const balance = centre.process.ledger.trialBalance()!;
    if (balance.faults.length > 0) throw new Violation(`INV-1: ${balance.faults.join(' ')}`);
    assertEqual(balance.moneyInMinor, centre.issuedMinor, 'INV-1: money in the books');
    const [halt] = this.#select('SELECT reason FROM halts LIMIT 1');
    if (halt) throw new Violation(`INV-1: the ledger halted: ${halt.reason}`);
    const [overdrawn] = this.#select(
      "SELECT serial FROM accounts WHERE kind = 'customer' AND credits_posted - debits_posted - debits_pending < 0 LIMIT 1",
    );
    if (overdrawn) throw new Violation(`INV-2: account ${overdrawn.serial} is below zero`);
  }

  /** INV-3: what was set aside is what is left, what was given back and what it has paid. INV-5 is the books' own key. */
  #checkReserves(): void {
    const rows = this.#select(
      `SELECT a.id, a.limit_minor AS lim, a.reserved_minor AS held, a.released_minor AS freed,
         (SELECT coalesce(sum(l.amount_minor), 0) FROM allowance_links l
          WHERE l.allowance = a.id AND l.settled_from = 'reserve') AS paid FROM allowances a`,
    );
    for (const { id, lim, held, freed, paid } of rows) {
      assertEqual(Number(held) + Number(freed) + Number(paid), Number(lim), `INV-3: allowance ${id}`);
    }
    const heldSum = rows.reduce((sum, { held }) => sum + Number(held), 0);
    const [{ pending } = { pending: 0 }] = this.#select(
      "SELECT sum(debits_pending) AS pending FROM accounts WHERE kind = 'customer'",
    );
    assertEqual(Number(pending ?? 0), heldSum, 'INV-3: held on accounts');
  }

  /** INV-21: what was written stays as it was; the entry last seen vouches for those before it. @returns whether there is a new one */
  #checkJournal(): boolean {
    if (this.#lastEntry) {
      const { sequence, hash } = this.#lastEntry;
      const [row] = this.#select('SELECT hash FROM journal WHERE sequence = ?', sequence);
      const found = row && encodeHex(new Uint8Array(row.hash as ArrayBuffer));
      if (found !== hash) throw new Violation(`INV-21: entry ${sequence} has changed`);
    }
    const [head] = this.#select('SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1');
    const sequence = Number(head!.sequence);
    if (sequence === this.#lastEntry?.sequence) return false;
    this.#lastEntry = { sequence, hash: encodeHex(new Uint8Array(head!.hash as ArrayBuffer)) };
    return true;
  }

  /** INV-15: a phone that nobody tampered with never contradicts itself. */
  #checkHonestPhones(): void {
    const honest = this.#scene.wallets.filter(({ isTampered }) => !isTampered);
    for (const wallet of honest) {
      const links = wallet.intents.flatMap((intent) => linkOf(intent) ?? []);
      const newest = links.at(-1);
      for (const one of links) {
        const contradiction =
          newest && encodeHex(one.allowance) === encodeHex(newest.allowance) && findContradiction(one, newest);
        if (contradiction) throw new Violation(`INV-15: ${wallet.device.name} contradicts itself: ${contradiction}`);
      }
    }
  }

  /** INV-3: what an honest phone has given is set aside until it is settled, or its claim window is over. */
  #checkCover(): void {
    const { wallets, world } = this.#scene;
    const settled = new Set(this.#select('SELECT hash FROM allowance_links').map(({ hash }) => hexOf(hash)));
    for (const { device, intents } of wallets.filter(({ isTampered }) => !isTampered)) {
      const given = intents.filter(
        ({ place, state, id }) => place !== undefined && state.status === 'signed' && !settled.has(id),
      );
      for (const [serial, ofOne] of groupBy(given, ({ place }) => encodeHex(place!.allowance))) {
        const query = 'SELECT reserved_minor, claim_until_ms FROM allowances WHERE serial = ?';
        const [row] = this.#select(query, ofOne[0]!.place!.allowance);
        const givenMinor = ofOne.reduce((sum, { facts }) => sum + facts.amountMinor, 0);
        if (row && world.nowMs <= Number(row.claim_until_ms))
          assertAtMost(givenMinor, Number(row.reserved_minor), `INV-3: ${device.name} has given out of ${serial}`);
      }
    }
  }

  /** INV-16: nobody says of an honest phone that it did. */
  #checkAccused(): void {
    for (const wallet of this.#scene.wallets.filter(({ isTampered }) => !isTampered)) {
      const [accused] = this.#select(
        `SELECT d.contradiction FROM double_spends d JOIN allowances a ON a.id = d.allowance
         WHERE a.device_public_key = ? LIMIT 1`,
        wallet.identity.deviceKey.publicKey,
      );
      if (accused)
        throw new Violation(`INV-16: ${wallet.device.name} is honest, and accused: ${accused.contradiction}`);
    }
  }

  /** A till that keeps its rules takes no more alone between two syncs than it may, and each consent for its own sale. */
  #checkTills(): void {
    const { tillTotalMinor, tillPerAllowanceMinor, tillCountMax, paymentMaxMinor, limitMinor } = this.#scene.settings;
    const honest = [...this.#scene.taken.values()].filter(({ till }) => !till.isBlind);
    for (const [, some] of groupBy(honest, ({ till, period }) => `${till.device.name} ${period}`)) {
      assertAtMost(sumOf(some), tillTotalMinor, 'a till alone took in all');
      assertAtMost(some.length, tillCountMax, 'a till alone took so many');
      for (const [, ofOne] of groupBy(some, ({ allowance }) => allowance))
        assertAtMost(sumOf(ofOne), tillPerAllowanceMinor, 'a till alone took out of one allowance');
    }
    for (const { amountMinor } of honest) assertAtMost(amountMinor, paymentMaxMinor, 'a till alone took at once');
    for (const [, ofOne] of groupBy(honest, ({ till, allowance }) => `${till.device.name} ${allowance}`))
      assertAtMost(sumOf(ofOne), limitMinor, 'one till took out of one allowance for ever');
  }

  #select(query: string, ...bindings: unknown[]): readonly Record<string, unknown>[] {
    return this.#scene.centre.sql.exec(query, ...bindings).toArray();
  }
}

function hexOf(blob: unknown): string {
  return encodeHex(new Uint8Array(blob as ArrayBuffer));
}

export function linkOf({ place, authorisationHash, facts, state }: PaymentIntent): ChainLink | undefined {
  if (!place || (state.status !== 'signed' && state.status !== 'paid')) return undefined;
  return { ...place, hash: authorisationHash, amountMinor: facts.amountMinor };
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOf);
}

export function sumOf(taken: readonly Pick<Taken, 'amountMinor'>[]): number {
  return taken.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

export function assertEqual(found: number, expected: number, what: string): void {
  if (found !== expected) throw new Violation(`${what}: ${found} instead of ${expected}`);
}

export function assertAtMost(found: number, most: number, what: string): void {
  if (found > most) throw new Violation(`${what}: ${found}, at most ${most}`);
}
