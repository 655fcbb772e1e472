import { Hono } from 'hono';
import type { BatchNo, VoucherNo } from '../../shared/protocol/identifiers.ts';
import { clearingOf } from '../clearing/load-programme.ts';
import type { FillCommand } from '../ledger/bench-fill.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { type ApiEnv, findLedger, homeParticipant, requireProgramme } from './api-context.ts';
import { takeTerminalCertificate, takeWalletCertificate } from './verified-documents.ts';

let signed: Promise<{ key: CryptoKey; signature: ArrayBuffer; data: Uint8Array<ArrayBuffer> }> | undefined;

/** What payments are measured against, on the same server in the same run. There only with BENCH=1. */
export const benchRoutes = new Hono<ApiEnv>()
  .use(async (c, next) => (c.env.BENCH === '1' ? next() : createProblem('not_found')))
  .get('/nothing', (c) => c.body(null, 204))
  .get('/object', async (c) => {
    await clearingOf(c.env).doNothing();
    return c.body(null, 204);
  })
  .get('/verify', async (c) => {
    signed ??= createSigned();
    const { key, signature, data } = await signed;
    const isValid = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data);
    return c.body(null, isValid ? 204 : 500);
  })
  .get('/storage', async (c) => {
    const programme = await requireProgramme(c.env);
    if (!programme.ok) return problemOf(programme);
    const ledger = findLedger(c.env, programme.value, homeParticipant(programme.value));
    return c.json({ bytes: await ledger?.storageBytes() });
  })
  .post('/fill', async (c) => {
    const programme = await requireProgramme(c.env);
    if (!programme.ok) return problemOf(programme);
    const call = await c.req.json<FillCall>();
    const { trust } = programme.value;
    const terminal = await takeTerminalCertificate(call.terminalCertificate, trust);
    if (!terminal.ok) return problemOf(terminal);
    const wallets: FillCommand['wallets'][number][] = [];
    for (const text of call.walletCertificates) {
      const wallet = await takeWalletCertificate(text, trust);
      if (!wallet.ok) return problemOf(wallet);
      wallets.push({ content: wallet.value.verified.content, document: wallet.value.document });
    }
    const { content, contentHash } = terminal.value.verified;
    const { count, batchNo, voucherNo } = call;
    await findLedger(c.env, programme.value, content.acquirer)?.fillForBench({
      terminal: { content, contentHash, document: terminal.value.document },
      wallets,
      count,
      batchNo,
      voucherNo,
    });
    return c.body(null, 204);
  });

/** POST /api/v1/bench/fill */
interface FillCall {
  readonly terminalCertificate: string;
  readonly walletCertificates: readonly string[];
  readonly count: number;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
}

async function createSigned() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const pair = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair;
  const data = new Uint8Array(69);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data);
  return { key: pair.publicKey, signature, data };
}
