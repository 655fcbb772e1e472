import { encodeBase32 } from '../../shared/protocol/base32.ts';
import { encodeUtf8 } from '../../shared/protocol/bytes.ts';
import type { MerchantNo, OperatorNo, ProgrammeId, TerminalId } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { FIRST_PARTICIPANT } from '../clearing/administrator-sign-in.ts';
import { clearingOf, forgetProgramme, loadProgramme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { homeParticipant, requireProgramme } from './api-context.ts';

/**
 * The demo programme: a shop, a cashier, and a till nobody has activated yet. Opened on first asking; asked again it changes
 * nothing, and as soon as a till was activated the next one waits.
 */
const DEMO = {
  programme: 'demo-canteen' as ProgrammeId,
  name: 'Demo Canteen',
  currency: 'EUR',
  participant: { code: FIRST_PARTICIPANT, name: 'Demo Canteen' },
};
const SHOP_NAME = 'Corner Café';
const CASHIER = { operatorNo: '01' as OperatorNo, name: 'Alex' };
const TILLS_MAX = 200;

/** Refuses `limit_reached` once the demo has given out all its tills. @returns the activation code of the till that waits */
export async function openDemo(env: Env): Promise<Result<{ activationCode: string }>> {
  if (!(await loadProgramme(env))) {
    // Someone may open it at the same moment; who comes second finds it made.
    await clearingOf(env).createProgramme(DEMO);
    forgetProgramme();
  }
  const programme = await requireProgramme(env);
  if (!programme.ok) return programme;
  const participant = homeParticipant(programme.value);
  const merchantNo = `${participant}000000001` as MerchantNo;
  const ledger = env.LEDGER.getByName(participant);
  using registry = openRegistry(ledger);
  await registry.shops.createMerchant({ merchantNo, name: SHOP_NAME });
  await registry.shops.createOperator({ merchantNo, ...CASHIER });
  for (let number = 1; number <= TILLS_MAX; number += 1) {
    const terminalId = `DEMO${String(number).padStart(4, '0')}` as TerminalId;
    const code = await ensureTill(env, ledger, merchantNo, terminalId);
    if (code) return accept({ activationCode: code });
  }
  return refuse('limit_reached');
}

/** @returns undefined for a till that is in use, or closed */
async function ensureTill(
  env: Env,
  ledger: DurableObjectStub<Ledger>,
  merchantNo: MerchantNo,
  terminalId: TerminalId,
): Promise<string | undefined> {
  using registry = openRegistry(ledger);
  const terminal = await registry.shops.findTerminal(terminalId);
  if (terminal?.activatedAtMs !== undefined) return undefined;
  if (!terminal) await registry.shops.createTerminal({ merchantNo, terminalId });
  const code = await deriveActivationCode(env, terminalId);
  const created = await registry.shops.createActivationCode(terminalId, CASHIER.operatorNo, code);
  return created.ok ? code : undefined;
}

/** The same code for the same till each time, though only its hash is stored: made from the server's own secret. */
async function deriveActivationCode(env: Env, terminalId: TerminalId): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' } as const;
  const key = await crypto.subtle.importKey('raw', encodeUtf8(env.KEY_SECRET), algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encodeUtf8(`tandem/demo-activation/v1 ${terminalId}`));
  return encodeBase32(new Uint8Array(mac).slice(0, 8)).slice(0, 12);
}
