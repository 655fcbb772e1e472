import { Hono } from 'hono';
import * as v from 'valibot';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { decodeContent, hashContent } from '../../shared/protocol/documents/document.ts';
import { PayCode } from '../../shared/protocol/documents/pay-code.ts';
import { lastChargeAtMs } from '../../shared/protocol/payment/decide-charge.ts';
import { CancelPayCodeCall, PayCodeAnswer, PayCodeHash } from '../../shared/protocol/wire/pay-codes.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { customerTag, phoneTag } from '../registry/socket-tags.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { type ApiEnv, requireSession } from './api-context.ts';
import { describeCall, takeJson, takeParam } from './describe-call.ts';
import { openSocket } from './open-socket.ts';

const HASH_BYTES = 32;

const HashParam = v.object({
  hash: v.pipe(
    PayCodeHash,
    v.transform((text) => decodeBase64url(text)),
    v.check((bytes): bytes is Bytes => bytes?.length === HASH_BYTES),
    v.transform((bytes) => bytes as Bytes),
  ),
});

/** A wallet's pay codes: how they end, and that they are taken back. */
export const walletPayCodeRoutes = new Hono<ApiEnv>()
  .get(
    '/socket',
    describeCall('get', {
      tag: 'Wallets',
      summary: 'A WebSocket that tells the wallet how its pay codes end',
      description:
        'Each message is `{kind: "pay-code", payCode}`, the same answer that polling gives. While it is open, a shop that asks for more than a pay code covers is not refused: the wallet is asked.',
      refusals: ['origin_refused', 'malformed'],
      session: 'wallet',
    }),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      using registry = openRegistry(ledger);
      const wallet = await registry.wallets.findSession(tokenHash);
      if (!wallet) return createProblem('not_signed_in');
      return openSocket(c, ledger, [phoneTag(wallet.devicePublicKey), customerTag(wallet.customerId)]);
    },
  )
  .get(
    '/pay-codes/:hash',
    describeCall('get', {
      tag: 'Wallets',
      summary: 'How a pay code stands',
      description: "One that nobody tried is `open`. Another customer's is not found.",
      answer: PayCodeAnswer,
      refusals: ['not_found'],
      session: 'wallet',
    }),
    takeParam(HashParam),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const payCode = await session.value.ledger.payCode(session.value.tokenHash, c.req.valid('param').hash);
      return payCode.ok ? c.json(payCode.value) : problemOf(payCode);
    },
  )
  .post(
    '/pay-codes/:hash/cancel',
    describeCall('post', {
      tag: 'Wallets',
      summary: 'Takes a pay code back, or declines what a shop asked for with it',
      description: 'With its content, for it may be one that the centre has never seen. One that paid stays paid.',
      answer: PayCodeAnswer,
      refusals: ['not_found', 'document_malformed', 'clock_off', 'rate_limited'],
      session: 'wallet',
    }),
    takeParam(HashParam),
    takeJson(CancelPayCodeCall),
    async (c) => {
      const session = await requireSession(c, 'wallet');
      if (!session.ok) return problemOf(session);
      const { ledger, tokenHash } = session.value;
      const { hash } = c.req.valid('param');
      const content = decodeBase64url(c.req.valid('json').content);
      const payCode = content && decodeContent(PayCode, content);
      if (!payCode || !isEqualBytes(await hashContent(PayCode, content), hash))
        return createProblem('document_malformed');
      const { accountToken, createdAtMs, validForSeconds } = payCode;
      // One from the future would have to be remembered for as long.
      if (createdAtMs > Date.now() + BOUNDS.clockToleranceSeconds * 1000) return createProblem('clock_off');
      // As long as a charge can land: what a customer was told is cancelled pays nothing afterwards.
      const endsAtMs = lastChargeAtMs(createdAtMs + validForSeconds * 1000);
      const cancelled = await ledger.cancelPayCode({ tokenHash, hash, content, accountToken, endsAtMs });
      return cancelled.ok ? c.json(cancelled.value) : problemOf(cancelled);
    },
  );
