import { type ContentKey, contentDayOf } from '../../shared/protocol/codes/content-seal.ts';
import { createPosCode } from '../../shared/protocol/codes/pos-code.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { Sale } from './sale.ts';

/**
 * The text of a sale's code, sealed with the key of the day. The newest earlier key serves where midnight passed without
 * a network: wallets keep yesterday's. Refuses `content_key_unknown` where there is none at all.
 */
export async function createCodeText(
  sale: Pick<Sale, 'request' | 'terminalCertificate'>,
  contentKeys: readonly ContentKey[],
  walletOrigin: string,
  nowMs: number,
): Promise<Result<string>> {
  const today = contentDayOf(nowMs);
  const usable = contentKeys.filter(({ day }) => day <= today).sort((left, right) => right.day - left.day);
  const contentKey = usable[0];
  if (!contentKey) return refuse('content_key_unknown');
  const { request, terminalCertificate } = sale;
  return accept(await createPosCode({ request, terminalCertificate }, contentKey, walletOrigin));
}
