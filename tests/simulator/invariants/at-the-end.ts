import { isOpen } from '../../../pos-pwa/sale/sale.ts';
import { encodeHex, isEqualBytes, splitBytes } from '../../../shared/protocol/bytes.ts';
import { ClosingStatement } from '../../../shared/protocol/documents/closing-statement.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { type ChainLink, findContradiction } from '../../../shared/protocol/offline/chain.ts';
import { verifyEvidence } from '../../../shared/protocol/offline/verify-evidence.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { SimulatedWallet } from '../parties/wallet.ts';
import { type Scene, Violation } from '../scene.ts';
import { assertAtMost, assertEqual, groupBy, sumOf } from './after-each-step.ts';

/** What must hold when every device came back and all was handed in. */
export async function checkSettled(scene: Scene): Promise<void> {
  await checkWholeBooks(scene);
  checkNoLimbo(scene);
  checkTaken(scene);
  checkPhones(scene);
  await checkDoubleSpends(scene);
  checkLoss(scene);
}

/** INV-6, INV-7, INV-12, INV-22: every signature verified again from the documents, the chain from its first entry on. */
async function checkWholeBooks({ centre, world }: Scene): Promise<void> {
  const check = (await centre.process.ledger.checkBooks())!;
  if (!check.isWhole) throw new Violation(`The books are not whole: ${check.faults.join(' ')}`);
  world.tally.count('checked', 'payments verified again', check.verifiedPayments);
}

/** INV-14, INV-17: every sale and every consent has ended, and nothing waits to be handed in. */
function checkNoLimbo({ tills, wallets }: Scene): void {
  for (const till of tills) {
    for (const sale of till.sales) {
      if (isOpen(sale) || sale.state.status === 'accepted')
        throw new Violation(
          `INV-14: ${till.device.name} does not know the end of ${sale.traceKey}: ${sale.state.status}`,
        );
    }
  }
  for (const wallet of wallets) {
    for (const { state, facts } of wallet.intents) {
      if (state.status === 'prepared' || state.status === 'signed')
        throw new Violation(
          `INV-14: ${wallet.device.name} does not know the end of ${facts.traceKey}: ${state.status}`,
        );
    }
    const waiting = wallet.disk.rows<{ parkedFor?: RefusalCode }>('outbox').length;
    assertEqual(waiting, 0, `INV-17: ${wallet.device.name} has so many to hand in`);
  }
}

/** Why a till that kept its rules may go unpaid for what it took in good faith. Everything else is a broken promise. */
const BORNE_BY_THE_SHOP: ReadonlySet<RefusalCode> = new Set(['claim_late']);

/** INV-14: what a till took alone is paid; or it broke a rule, or came after the claim window, and the table says who bears it. */
function checkTaken({ taken, tills, centre, world, settings }: Scene): void {
  for (const { till, traceKey, allowance, takenAtMs } of taken.values()) {
    const { state } = tills.flatMap(({ sales }) => sales).find((sale) => sale.traceKey === traceKey)!;
    const isPaid =
      select(
        centre,
        `SELECT 1 FROM payments p JOIN requests r ON r.id = p.request WHERE ${TRACE}`,
        ...traceOf(traceKey),
      ).length > 0;
    if (isPaid !== (state.status === 'paid'))
      throw new Violation(
        `INV-14: ${till.device.name} believes ${traceKey} ${state.status}, the books have it ${isPaid ? 'paid' : 'not paid'}`,
      );
    if (isPaid) {
      world.tally.count('of what was taken alone', 'paid');
      continue;
    }
    const code = state.status === 'not-settled' ? state.code : state.status;
    world.tally.count('of what was taken alone', `not paid: ${code}${till.isBlind ? ', rules broken' : ''}`);
    if (till.isBlind) continue;
    const isLate = world.nowMs > takenAtMs + settings.claimSeconds * 1000;
    const isCapped =
      code === 'double_spent' &&
      guaranteedForTill(centre, traceKey) + settings.paymentMaxMinor > settings.tillTotalMinor;
    if (!isCapped && !(isLate && BORNE_BY_THE_SHOP.has(code as RefusalCode)))
      throw new Violation(
        `${till.device.name} kept its rules, and is not paid for ${traceKey} (allowance ${allowance}): ${code}`,
      );
  }
}

const TRACE = 'r.terminal_id = ? AND r.batch_no = ? AND r.voucher_no = ?';

function traceOf(traceKey: string): [string, number, number] {
  const [terminalId, batchNo, voucherNo] = traceKey.split('-') as [string, string, string];
  return [terminalId, Number(batchNo), Number(voucherNo)];
}

function guaranteedForTill(centre: Scene['centre'], traceKey: string): number {
  const query = `SELECT coalesce(sum(l.amount_minor), 0) AS sum FROM allowance_links l JOIN requests r ON r.id = l.request
    WHERE l.settled_from = 'guarantee' AND r.terminal_id = ?`;
  return Number(select(centre, query, traceOf(traceKey)[0])[0]!.sum);
}

/** INV-13: a phone that nobody tampered with shows what the centre has; what it believes paid is. */
function checkPhones({ wallets, centre, world }: Scene): void {
  for (const wallet of wallets) {
    for (const { state, facts, authorisationHash } of wallet.intents) {
      const rows = select(
        centre,
        `SELECT r.id FROM payments p JOIN requests r ON r.id = p.request WHERE ${TRACE}`,
        ...traceOf(facts.traceKey),
      );
      const isOurs = rows.length > 0 && isPaidBy(centre, facts.traceKey, authorisationHash);
      // The phone asked alone, was told no, and the till's word came afterwards: its history has the payment, and the refusal.
      const isTillsWord =
        select(centre, 'SELECT 1 FROM acceptances WHERE authorisation_hash = ?', authorisationHash).length > 0;
      if (isOurs && state.status === 'refused' && isTillsWord)
        world.tally.count('oddities', 'told no, and paid by the till’s word later');
      else if (isOurs && state.status !== 'paid')
        throw new Violation(
          `INV-13: ${wallet.device.name} has paid ${facts.traceKey} and believes it ${state.status}${'code' in state ? `: ${state.code}` : ''}${wallet.isTampered ? ', copied' : ''}`,
        );
      if (!isOurs && state.status === 'paid')
        throw new Violation(`INV-13: ${wallet.device.name} believes ${facts.traceKey} paid, which it is not`);
    }
    if (!wallet.isTampered) checkBalance(centre, wallet);
  }
}

/** By the receipt's word: what the ledger answers to the same consent again. */
function isPaidBy(centre: Scene['centre'], traceKey: string, authorisationHash: Uint8Array): boolean {
  const links = select(
    centre,
    `SELECT l.hash FROM allowance_links l JOIN requests r ON r.id = l.request WHERE ${TRACE}`,
    ...traceOf(traceKey),
  );
  const [link] = links;
  // Given for the network alone: there is but one consent on each phone to a request.
  return link ? isEqualBytes(new Uint8Array(link.hash as ArrayBuffer), authorisationHash) : true;
}

function checkBalance(centre: Scene['centre'], wallet: SimulatedWallet): void {
  const { card } = wallet;
  const [row] = select(
    centre,
    `SELECT a.credits_posted - a.debits_posted AS balance, a.debits_pending AS held FROM accounts a
     JOIN allowances w ON w.account = a.serial WHERE w.device_public_key = ? LIMIT 1`,
    wallet.identity.deviceKey.publicKey,
  );
  if (!row || !card) return;
  assertEqual(
    card.availableMinor,
    Number(row.balance) - Number(row.held),
    `INV-13: available on ${wallet.device.name}`,
  );
}

/** INV-10, INV-16: whatever contradicts what was paid is proven by a file that stands by itself; nothing else is. */
async function checkDoubleSpends({ centre, world }: Scene): Promise<void> {
  const desk = centre.process.ledger.offline();
  const found = desk.doubleSpends();
  for (const { id, allowance, contradiction } of found) {
    const file = await desk.evidenceFile(id);
    const proven = file && (await verifyEvidence(file));
    if (!proven?.ok) throw new Violation(`INV-16: evidence ${id} does not stand: ${proven?.code}`);
    if (encodeHex(proven.value.wallet.content.serial) !== allowance)
      throw new Violation(`INV-16: evidence ${id} is of another`);
    world.tally.count('double spends', contradiction);
  }
  const [standing] = select(
    centre,
    'SELECT a.id FROM double_spends d JOIN allowances a ON a.id = d.allowance WHERE a.revoked_in_version IS NULL LIMIT 1',
  );
  if (standing) throw new Violation(`INV-16: allowance ${standing.id} was spent twice, and is not withdrawn`);
  const [sums] = select(
    centre,
    `SELECT (SELECT coalesce(sum(amount_minor), 0) FROM debts) AS owed,
       (SELECT coalesce(sum(amount_minor), 0) FROM allowance_links WHERE settled_from = 'guarantee') AS paid`,
  );
  assertEqual(Number(sums!.owed), Number(sums!.paid), 'INV-10: debts for what the guarantee has paid');
  const accused = new Set(found.map(({ allowance }) => allowance));
  for (const [allowance, links] of linksByAllowance(centre)) {
    const isForked = links.some((one) => links.some((other) => findContradiction(one, other) !== undefined));
    if (isForked && !accused.has(allowance))
      throw new Violation(`INV-16: ${allowance} was spent twice, and nobody is told`);
    const isHidden = links.some((link) => isLeftOut(centre, link));
    if (isHidden && !accused.has(allowance))
      throw new Violation(`INV-16: ${allowance} has paid what its closing statement leaves out, and nobody is told`);
    const onReserve = links.filter(({ settledFrom }) => settledFrom !== 'guarantee');
    for (const one of onReserve)
      for (const other of onReserve)
        if (findContradiction(one, other)) throw new Violation(`INV-4: ${allowance} has paid two branches`);
    const guaranteed = links.some(({ settledFrom }) => settledFrom === 'guarantee');
    if (guaranteed && !accused.has(allowance))
      throw new Violation(`INV-10: the guarantee paid for ${allowance} without a proof`);
  }
}

function isLeftOut(centre: Scene['centre'], { allowance, hash }: SettledLink): boolean {
  const [row] = select(centre, 'SELECT closing FROM allowances WHERE serial = ?', allowance);
  if (!row?.closing) return false;
  const decoded = decodeDocument(ClosingStatement, new Uint8Array(row.closing as ArrayBuffer));
  if (!decoded.ok) throw new Violation('INV-6: a closing statement in the books is none');
  return !splitBytes(decoded.value.content.given, 32).some((given) => isEqualBytes(given, hash));
}

/** INV-20: what double spending of one allowance costs is at most what DESIGN §4 says. */
function checkLoss({ centre, taken, settings, world, tills }: Scene): void {
  for (const [allowance, links] of linksByAllowance(centre)) {
    const guaranteedMinor = sumOf(links.filter(({ settledFrom }) => settledFrom === 'guarantee'));
    if (guaranteedMinor === 0) continue;
    const columns = 'limit_minor, released_minor, reserved_minor';
    const [row] = select(centre, `SELECT ${columns} FROM allowances WHERE serial = ?`, fromHex(allowance));
    const limitMinor = Number(row!.limit_minor);
    // What is still set aside is there to be collected from.
    const lossMinor = Math.max(0, guaranteedMinor - Number(row!.reserved_minor));
    // What one copy has spent with a network, or taken back by a false last word, the tills find missing.
    const goneMinor = Number(row!.released_minor) + spentOnlineMinor(links, centre);
    let boundMinor = Math.min(limitMinor, goneMinor) - limitMinor;
    const ofTills = groupBy(
      [...taken.values()].filter((some) => some.allowance === allowance),
      ({ till }) => till.device.name,
    );
    for (const [name, some] of ofTills) {
      const { isBlind } = tills.find(({ device }) => device.name === name)!;
      // A till begins anew with each sync.
      const periods = new Set(some.map(({ period }) => period)).size;
      const capMinor = isBlind
        ? settings.tillTotalMinor
        : Math.min(limitMinor, settings.tillPerAllowanceMinor * periods);
      boundMinor += capMinor;
    }
    world.tally.count('loss', 'allowances with a loss');
    assertAtMost(lossMinor, Math.max(0, boundMinor), `INV-20: loss on ${allowance}`);
    if (lossMinor > world.tally.worstLoss.lossMinor) world.tally.worstLoss = { lossMinor, boundMinor, seed: 0 };
  }
  for (const row of select(centre, GUARANTEED_OF_ONE))
    assertAtMost(
      Number(row.sum),
      Math.min(Number(row.limit_minor), settings.tillPerAllowanceMinor),
      `INV-20: the guarantee for ${row.terminal_id} out of one allowance`,
    );
  const { tillTotalMinor } = settings;
  for (const [terminalId, sum] of select(centre, GUARANTEED).map((row) => [row.terminal_id, Number(row.sum)] as const))
    assertAtMost(sum, tillTotalMinor, `INV-10: the guarantee for ${terminalId} within a claim window`);
}

function spentOnlineMinor(links: readonly SettledLink[], centre: Scene['centre']): number {
  const isTillsWord = ({ hash }: SettledLink) =>
    select(centre, 'SELECT 1 FROM acceptances WHERE authorisation_hash = ?', hash).length > 0;
  return sumOf(links.filter((link) => link.settledFrom === 'reserve' && !isTillsWord(link)));
}

const GUARANTEED_OF_ONE = `
  SELECT r.terminal_id, a.limit_minor, sum(l.amount_minor) AS sum
  FROM allowance_links l JOIN requests r ON r.id = l.request JOIN allowances a ON a.id = l.allowance
  WHERE l.settled_from = 'guarantee' GROUP BY r.terminal_id, a.id`;

/** Within the claim window before each payment of the guarantee. */
const GUARANTEED = `
  SELECT r.terminal_id, (SELECT sum(l2.amount_minor) FROM allowance_links l2 JOIN requests r2 ON r2.id = l2.request
    WHERE l2.settled_from = 'guarantee' AND r2.terminal_id = r.terminal_id
      AND l2.settled_at_ms BETWEEN l.settled_at_ms - (a.claim_until_ms - a.expires_at_ms) AND l.settled_at_ms) AS sum
  FROM allowance_links l JOIN requests r ON r.id = l.request JOIN allowances a ON a.id = l.allowance
  WHERE l.settled_from = 'guarantee'`;

/** After the last claim window nothing is held any more. */
export function checkReleased({ centre }: Scene): void {
  const [{ held } = { held: 0 }] = select(centre, 'SELECT sum(reserved_minor) AS held FROM allowances');
  assertEqual(Number(held ?? 0), 0, 'INV-3: still held after the last claim window');
}

type SettledLink = ChainLink & { readonly settledFrom: string };

function linksByAllowance(centre: Scene['centre']): Map<string, SettledLink[]> {
  const rows = select(centre, 'SELECT a.serial, l.* FROM allowance_links l JOIN allowances a ON a.id = l.allowance');
  const links = rows.map((row) => ({
    allowance: new Uint8Array(row.serial as ArrayBuffer),
    counter: Number(row.counter),
    previous: new Uint8Array(row.previous as ArrayBuffer),
    hash: new Uint8Array(row.hash as ArrayBuffer),
    cumulativeMinor: Number(row.cumulative_minor),
    amountMinor: Number(row.amount_minor),
    settledFrom: String(row.settled_from),
  })) as unknown as SettledLink[];
  return groupBy(links, ({ allowance }) => encodeHex(allowance));
}

function select(centre: Scene['centre'], query: string, ...bindings: unknown[]): readonly Record<string, unknown>[] {
  return centre.sql.exec(query, ...bindings).toArray();
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
