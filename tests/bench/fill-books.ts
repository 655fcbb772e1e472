import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { expectDone } from '../support/api-client.ts';
import type { Bench } from './open-bench.ts';

/** One call fills so many: a second or so, in which the object answers nobody else. */
const FILLED_AT_ONCE = 2_000;
/** Apart from the batches that real payments of the bench are in. */
const FIRST_BATCH_NO = 500_000;
const VOUCHERS_PER_BATCH = 900_000;

/** Adds payments to the books, by the code that posts real ones, until `stored` are there. @param from as many as there are */
export async function fillBooks({ client, tills, wallets }: Bench, from: number, stored: number): Promise<void> {
  const terminalCertificate = encodeBase64url(tills[0]!.terminal.certificate);
  const walletCertificates = wallets.map(({ wallet }) => encodeBase64url(wallet.certificate));
  for (let done = from; done < stored; ) {
    const count = Math.min(FILLED_AT_ONCE, stored - done, VOUCHERS_PER_BATCH - (done % VOUCHERS_PER_BATCH));
    const batchNo = FIRST_BATCH_NO + Math.floor(done / VOUCHERS_PER_BATCH);
    const voucherNo = (done % VOUCHERS_PER_BATCH) + 1;
    const call = { terminalCertificate, walletCertificates, count, batchNo, voucherNo };
    expectDone(await client.post('bench/fill', call));
    done += count;
  }
}

export async function readStorageBytes({ client }: Bench): Promise<number> {
  return expectDone(await client.get<{ bytes: number }>('bench/storage')).bytes;
}
