import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import { inParallel } from '../../faults/support/in-parallel.ts';
import type { OfflinePhone } from '../../faults/support/offline-phone.ts';
import type { KnownRevocations } from '../../faults/support/offline-sale.ts';
import {
  agreeToTerms,
  fetchRevocations,
  GENEROUS,
  openPhone,
  saveOfflineSettings,
} from '../../faults/support/offline-shop.ts';
import { trustOf } from '../../support/enrol.ts';
import { type Bench, type BenchParties, openBench } from '../open-bench.ts';

/** The bench's centre, with tills whose shop agreed and phones that have an allowance. */
export interface OfflineBench extends Bench {
  readonly trust: CentreTrust;
  readonly phones: readonly OfflinePhone[];
  readonly revocations: KnownRevocations;
}

/** How many consents one phone can give before it needs another allowance. */
export const CONSENTS_PER_PHONE = BOUNDS.allowanceCountMax;

/** @param parties `wallets`: phones with an allowance */
export async function openOfflineBench(parties: BenchParties): Promise<OfflineBench> {
  const bench = await openBench({}, parties);
  const { administration, tills, wallets, client } = bench;
  try {
    await saveOfflineSettings(administration, { ...GENEROUS, countMax: CONSENTS_PER_PHONE });
    const trust = await trustOf(tills[0]!.answer.programme);
    await inParallel(tills, 8, agreeToTerms);
    const phones: OfflinePhone[] = [];
    await inParallel(wallets, 8, async (wallet) => {
      phones.push(await openPhone(wallet, trust));
    });
    return { ...bench, trust, phones, revocations: await fetchRevocations(client, trust) };
  } catch (error) {
    await bench.close();
    throw error;
  }
}
