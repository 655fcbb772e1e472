import type * as v from 'valibot';
import { accept, type Result } from '../../../shared/protocol/result.ts';
import type {
  CreateActivationCodeCall,
  CreateMerchantCall,
  CreateOperatorCall,
  CreateTerminalCall,
} from '../../../shared/protocol/wire/administration.ts';
import type { Env } from '../../env.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { Operator } from '../../registry/operators.ts';
import type { FreshCode, Merchant, Terminal } from '../../registry/shops.ts';
import { originsOf } from '../../security/origins.ts';
import type { Books, Desk } from './desk.ts';

/*
 * Shops, tills and cashiers. A thing that is there already with the very same content is answered as if it were made now:
 * so a form sent twice, or a call whose answer got lost, makes one.
 */

/** Refuses `already_exists` for another shop's number. */
export async function createMerchant(
  { ledger }: Books,
  call: v.InferOutput<typeof CreateMerchantCall>,
): Promise<Result<Merchant>> {
  using registry = openRegistry(ledger);
  const created = await registry.shops.createMerchant(call);
  if (created.ok || created.code !== 'already_exists' || call.merchantNo === undefined) return created;
  const known = await registry.shops.findMerchant(call.merchantNo);
  return known?.name === call.name ? accept(known) : created;
}

/** Refuses `merchant_unknown`, `already_exists` for a terminal id in use elsewhere. */
export async function createTerminal(
  { ledger }: Books,
  call: v.InferOutput<typeof CreateTerminalCall>,
): Promise<Result<Terminal>> {
  using registry = openRegistry(ledger);
  const created = await registry.shops.createTerminal(call);
  if (created.ok || created.code !== 'already_exists' || call.terminalId === undefined) return created;
  const known = await registry.shops.findTerminal(call.terminalId);
  return known?.merchantNo === call.merchantNo ? accept(known) : created;
}

export interface LinkedCode extends FreshCode {
  /** Opens the app with the code filled in. */
  readonly link: string;
}

/** Refuses `terminal_unknown`, `terminal_closed`, `operator_unknown`. */
export async function createActivationCode(
  { env }: Desk,
  { ledger }: Books,
  { terminalId, operatorNo }: v.InferOutput<typeof CreateActivationCodeCall>,
): Promise<Result<LinkedCode>> {
  using registry = openRegistry(ledger);
  const fresh = await registry.shops.createActivationCode(terminalId, operatorNo);
  return fresh.ok ? accept({ ...fresh.value, link: linkActivation(env, fresh.value.code) }) : fresh;
}

/** The code stands behind the `#`: browsers send that part to no server, so it gets into no log. */
export function linkActivation(env: Env, code: string): string {
  return `${originsOf(env).posOrigin}/pos/#activate=${code}`;
}

export interface EnrolledOperator {
  readonly operator: Operator;
  readonly enrolment: FreshCode;
}

/** With the code by which the cashier registers a passkey at a till. Refuses `merchant_unknown`, `already_exists`. */
export async function createOperator(
  { ledger }: Books,
  call: v.InferOutput<typeof CreateOperatorCall>,
): Promise<Result<EnrolledOperator>> {
  using registry = openRegistry(ledger);
  const created = await registry.shops.createOperator(call);
  if (created.ok || created.code !== 'already_exists') return created;
  const { merchantNo, operatorNo, name } = call;
  const known = (await registry.shops.listOperators(merchantNo)).find((one) => one.operatorNo === operatorNo);
  if (known?.name !== name || known.hasPasskey) return created;
  const enrolment = await registry.shops.createEnrolmentCode(merchantNo, operatorNo);
  return enrolment.ok ? accept({ operator: known, enrolment: enrolment.value }) : enrolment;
}
