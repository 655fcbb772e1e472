import { env, exports } from 'cloudflare:workers';
import { vi } from 'vitest';
import type { MerchantNo } from '../../../shared/protocol/identifiers.ts';
import { ApiClient, expectDone } from '../../support/api-client.ts';
import { activateTill, type EnrolledTill, type EnrolledWallet, registerWallet } from '../../support/enrol.ts';
import { holdRegistry } from './hold-registry.ts';

// These tests go through the whole worker; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** The whole worker, called as a browser calls it. */
export const origin = env.PUBLIC_ORIGIN;

export function createClient(): ApiClient {
  return new ApiClient((request) => exports.default.fetch(request), origin);
}

/** The code of the demo's till that waits to be activated. Opens the demo where nobody has. */
export async function demoActivationCode(): Promise<string> {
  const body = expectDone(await createClient().get<{ posLink: string }>('demo'));
  return body.posLink.split('#activate=')[1]!;
}

export async function openTill(): Promise<EnrolledTill> {
  return activateTill(createClient(), await demoActivationCode());
}

export async function openWallet(name?: string): Promise<EnrolledWallet> {
  await demoActivationCode();
  return registerWallet(createClient(), name);
}

export const DEMO_MERCHANT = '100001000000001' as MerchantNo;

export function ledgerOf(participant = '100001') {
  return env.LEDGER.getByName(participant);
}

export function registryOf(participant = '100001') {
  return holdRegistry(ledgerOf(participant));
}

export function clearing() {
  return env.CLEARING.getByName('clearing');
}
