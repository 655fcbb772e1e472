import { isOpen, type Sale } from '../../pos-pwa/sale/sale.ts';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { createDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { PaymentIntent } from '../../wallet-pwa/payment/payment-intent.ts';
import type { SimulatedTill } from './parties/till.ts';
import type { SimulatedWallet } from './parties/wallet.ts';
import { type Scene, Violation } from './scene.ts';

/** What may happen in a step, and how often it does. */
const WEIGHTS = {
  pay: 50,
  'wallet syncs': 18,
  'wallet hands in': 6,
  'wallet resumes': 5,
  'till syncs': 9,
  'till hands in': 6,
  'till follows': 6,
  'till takes back': 2,
  replay: 3,
  'clock jumps': 1,
  'cut off': 4,
  'somebody waits': 4,
  'copy or set back': 4,
  'account is reported': 0.7,
  'account is cleared': 2,
} as const;

const MINUTE_MS = 60_000;

/** Whether till and wallet are without a network at the counter: both are half of the time, else any row of the table. */
const CONNECTIVITY = [
  [true, true],
  [true, true],
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

/** One step of one seed. Whatever fails in it is part of it. */
export async function takeStep(scene: Scene): Promise<string> {
  const { world } = scene;
  const { random } = world;
  world.advance(random.between(500, random.chance(0.1) ? 30 * MINUTE_MS : 2 * MINUTE_MS));
  for (const device of scene.devices) device.cutOffSteps = Math.max(0, device.cutOffSteps - 1);
  await scene.network.deliver();
  await scene.centre.ring(world.nowMs);
  const name = random.weighted(WEIGHTS);
  const till = random.pick(scene.tills);
  const wallet = random.pick(scene.wallets);
  switch (name) {
    case 'pay':
      await pay(scene, wallet, till);
      break;
    case 'wallet syncs':
      await scene.act(wallet, () => wallet.sync());
      break;
    case 'wallet hands in':
      await scene.act(wallet, () => wallet.handIn());
      break;
    case 'wallet resumes':
      await scene.act(wallet, () => wallet.resume());
      break;
    case 'till syncs':
      await syncTill(scene, till);
      break;
    case 'till hands in':
      await scene.act(till, () => till.handIn());
      break;
    case 'till follows':
      for (const sale of till.sales.filter(isOpen)) await scene.act(till, () => till.follow(sale.traceKey));
      break;
    case 'till takes back': {
      const open = till.sales.filter(isOpen);
      if (open.length > 0) await scene.act(till, () => till.cancel(random.pick(open).traceKey));
      break;
    }
    case 'replay':
      await replay(scene, till);
      break;
    case 'clock jumps': {
      const device = random.pick(scene.devices);
      const { clockJumpMsMax } = world.faults;
      if (world.faults.clockJump > 0 && random.chance(0.5)) {
        world.tally.count('faults', 'clockJump');
        device.setClockBy(random.between(-clockJumpMsMax, clockJumpMsMax));
      }
      break;
    }
    case 'cut off':
      for (const device of scene.devices) {
        if (world.happens('partition', 2)) device.cutOffSteps = random.between(1, world.faults.partitionSteps);
      }
      break;
    case 'somebody waits':
      world.advance(random.between(1, random.chance(0.15) ? 40 * 60 : 180) * MINUTE_MS);
      break;
    case 'copy or set back':
      await copyOrSetBack(scene, wallet);
      break;
    case 'account is reported':
      await setStatus(scene, wallet, 'frozen');
      break;
    case 'account is cleared':
      await setStatus(scene, wallet, 'open');
      break;
  }
  scene.lookAtTills();
  return name;
}

export async function syncTill(scene: Scene, till: SimulatedTill): Promise<void> {
  await scene.act(till, async () => {
    if (await till.sync()) scene.periods.set(till, scene.periods.get(till)! + 1);
  });
}

/** A sale at the counter, from the amount to the end of it or to wherever somebody's luck ends. */
async function pay(scene: Scene, wallet: SimulatedWallet, till: SimulatedTill): Promise<void> {
  const { world } = scene;
  const { random, tally } = world;
  const { limitMinor, paymentMaxMinor } = scene.settings;
  const usualMax = Math.ceil(Math.min(paymentMaxMinor, limitMinor / 3));
  const amountMinor = random.chance(0.1) ? random.between(1, 2 * limitMinor) : random.between(1, usualMax);
  const [isTillOff, isWalletOff] = random.pick(CONNECTIVITY);
  if (isTillOff) till.device.cutOffSteps = Math.max(1, till.device.cutOffSteps);
  if (isWalletOff) wallet.device.cutOffSteps = Math.max(1, wallet.device.cutOffSteps);
  let sale: Sale | undefined;
  await scene.act(till, async () => {
    sale = await till.ask(amountMinor);
    await till.follow(sale.traceKey);
  });
  if (!sale || world.happens('unreadable')) return;
  // Some look for their glasses first, and for the till's camera afterwards.
  const dawdles = random.chance(0.15);
  if (dawdles) world.advance(random.between(0, 118_000));
  let intent: PaymentIntent | undefined;
  const { request, terminalCertificate, traceKey } = sale;
  await scene.act(wallet, async () => {
    const paid = await wallet.pay({ request, terminalCertificate });
    if (paid.ok) intent = paid.value;
    else tally.count('refused on the phone', paid.code);
  });
  if (!intent || intent.state.status === 'prepared') return;
  if (dawdles) world.advance(random.between(0, 250_000));
  tally.count('payments', intent.place ? 'consented out of an allowance' : 'consented for the network');
  if (random.chance(0.6)) {
    await scene.act(wallet, () => wallet.handIn());
    world.advance(random.between(500, 4_000));
    if (random.chance(0.5)) await scene.act(wallet, () => wallet.handIn());
  }
  intent = wallet.intents.find(({ id }) => id === intent!.id);
  if (intent?.state.status === 'paid') {
    const { receipt, decidedAtMs } = intent.state;
    if (random.chance(0.7) && !world.happens('unreadable')) {
      const answer = {
        traceKey,
        status: 'paid',
        expiresAtMs: 0,
        centreTimeMs: decidedAtMs,
        receipt: encodeBase64url(receipt),
      } as const;
      await scene.act(till, () => till.readReceipt(traceKey, answer));
    }
    return;
  }
  if (intent?.state.status === 'signed') await hold(scene, wallet, till, intent);
}

/** The phone is held before the till. */
async function hold(scene: Scene, wallet: SimulatedWallet, till: SimulatedTill, intent: PaymentIntent): Promise<void> {
  const { world } = scene;
  let code: Awaited<ReturnType<SimulatedWallet['show']>> | undefined;
  await scene.act(wallet, async () => {
    code = await wallet.show(intent);
  });
  if (!code) return;
  if (scene.captured.length < 20 || world.random.chance(0.2)) scene.captured.push(code);
  if (world.happens('replay', 2)) await relay(scene, code, intent.facts.amountMinor);
  if (world.happens('unreadable')) return;
  let taken: Sale | undefined;
  await scene.act(till, async () => {
    const consent = await till.read(code!);
    if (consent.ok) taken = await till.charge(intent.facts.traceKey, consent.value);
    else world.tally.count('refused by the camera', consent.code);
  });
  if (taken?.state.status !== 'accepted') return;
  if (till.sales.find((sale) => sale.traceKey === taken?.traceKey)?.state.status !== 'accepted')
    throw new Violation(`INV-14: ${till.device.name} shows ${taken.traceKey} as accepted, and has not written it down`);
  if (world.happens('unreadable')) return;
  const text = createDocumentCode('acceptance', taken.state.acceptance);
  await scene.act(wallet, () => wallet.keepAcceptance(intent, text));
}

/** Somebody films the code, and shows it at once to another till, which asks for the same. */
async function relay(scene: Scene, code: TwinCode, amountMinor: number): Promise<void> {
  const till = scene.world.random.pick(scene.tills);
  till.device.cutOffSteps = Math.max(1, till.device.cutOffSteps);
  await scene.act(till, async () => {
    const { traceKey } = await till.ask(amountMinor);
    const consent = await till.readWhenever(code);
    if (consent.ok) await till.charge(traceKey, consent.value);
  });
}

/** Somebody shows what was filmed before, at whatever till: in time or not, and by a projector that mends the times. */
async function replay(scene: Scene, till: SimulatedTill): Promise<void> {
  const { world } = scene;
  if (scene.captured.length === 0 || !world.happens('replay', 5)) return;
  const open = till.sales.filter((sale) => isOpen(sale) || sale.state.status === 'accepted');
  if (open.length === 0) return;
  const { traceKey } = world.random.pick(open);
  const code = world.random.pick(scene.captured);
  await scene.act(till, async () => {
    const consent = await till.readWhenever(code);
    if (consent.ok) await till.charge(traceKey, consent.value);
  });
}

async function copyOrSetBack(scene: Scene, wallet: SimulatedWallet): Promise<void> {
  const { random, tally } = scene.world;
  const { copies } = scene.cast;
  if (copies === 0 || wallet.intents.length === 0) return;
  if (scene.copiesMade < copies && random.chance(0.5)) {
    scene.copiesMade += 1;
    tally.count('faults', 'copied phone');
    scene.wallets.push(await wallet.copy(`${wallet.identity.name}, copy ${scene.copiesMade}`));
    return;
  }
  const backup = scene.backups.find((kept) => kept.wallet === wallet);
  if (!backup || random.chance(0.4)) {
    if (scene.backups.length < 10) scene.backups.push({ wallet, image: wallet.disk.image() });
  } else if (scene.copiesMade < copies) {
    scene.copiesMade += 1;
    tally.count('faults', 'phone set back');
    await wallet.setBack(backup.image);
    scene.backups.splice(scene.backups.indexOf(backup), 1);
  }
}

/** The phone was stolen: its account is frozen, and its allowances are withdrawn. Or it was found again. */
async function setStatus(scene: Scene, wallet: SimulatedWallet, status: 'frozen' | 'open'): Promise<void> {
  const { accountNumber } = wallet.identity;
  const command = { accountNumber, status, reason: 'reported', by: 'simulator' };
  const changed = await scene.centre.process.ledger.setAccountStatus(command);
  if (!changed.ok || status !== 'frozen') return;
  scene.world.tally.count('faults', 'phone reported');
  for (const till of scene.tills) if (scene.world.random.chance(0.5)) await syncTill(scene, till);
}
