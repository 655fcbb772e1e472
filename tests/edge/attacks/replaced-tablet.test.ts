import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACCEPTANCES_PER_REQUEST_MAX } from '../../../edge/ledger/offline/acceptances.ts';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { BatchNo, TerminalId, VoucherNo } from '../../../shared/protocol/identifiers.ts';
import { unwrap } from '../../support/devices.ts';
import {
  activateTill,
  consentOffline,
  createAuthoriseCall,
  type EnrolledTill,
  makeRequest,
  requestPayment,
  sellOffline,
} from '../../support/enrol.ts';
import { HOUR_MS, openPayer, outcomeOf, wait } from '../offline/offline-world.ts';
import { createClient, openTill, openWallet, registryOf } from '../support/test-app.ts';

/** A tablet that was lost or stolen still has its key and its certificate, and knows the terminal by name. */
let lost: EnrolledTill;
let inUse: EnrolledTill;

beforeAll(async () => {
  lost = await openTill();
  const { terminalId } = lost.terminal.trusted.content;
  const registry = await registryOf();
  const { code } = unwrap(await registry.shops.createActivationCode(terminalId as TerminalId, '01' as never));
  inUse = await activateTill(createClient(), code);
  inUse.terminal.batchNo = inUse.answer.batchNoMin as never;
});

afterEach(() => {
  vi.useRealTimers();
});

function hello({ terminal }: EnrolledTill, document: Uint8Array) {
  return createClient().post('terminals/session', {
    hello: encodeBase64url(document),
    terminalCertificate: encodeBase64url(terminal.certificate),
  });
}

describe('a tablet that another one took the place of', () => {
  it('takes back no request of the one in use, even where it has read it', async () => {
    const wallet = await openWallet();
    const { request } = await requestPayment(inUse, 640);
    const read = unwrap(await inUse.terminal.verify(decodeBase64url(request.call.request)!, Date.now()));
    const nowMs = Date.now();
    const takenBack = {
      cancellation: encodeBase64url(await lost.terminal.createCancellation(read, nowMs)),
      terminalCertificate: encodeBase64url(lost.terminal.certificate),
    };
    const refused = await createClient().post('requests/cancel', takenBack);
    expect([refused.status, refused.body.code]).toEqual([422, 'terminal_closed']);
    const paid = await wallet.client.post('authorisations', await createAuthoriseCall(wallet, inUse, request));
    expect(paid.body).toMatchObject({ status: 'paid' });
  });

  it('has no last word on a document that the one in use signs as well', async () => {
    const { request } = await requestPayment(inUse, 650);
    const nowMs = Date.now();
    const read = unwrap(await inUse.terminal.verify(decodeBase64url(request.call.request)!, nowMs));
    for (const [tablet, status] of [[lost, 422] as const, [inUse, 200] as const]) {
      const answer = await createClient().post('requests/cancel', {
        cancellation: encodeBase64url(await tablet.terminal.createCancellation(read, nowMs)),
        terminalCertificate: encodeBase64url(tablet.terminal.certificate),
      });
      expect(answer.status).toBe(status);
    }
  });

  it('does not keep the one in use out by trying too often', async () => {
    let last = await hello(lost, await lost.terminal.createHello(Date.now()));
    for (let tries = 0; tries < 40; tries += 1) last = await hello(lost, await lost.terminal.createHello(Date.now()));
    expect(last.body.code).toBe('rate_limited');
    expect((await hello(inUse, await inUse.terminal.createHello(Date.now()))).status).toBe(200);
  });

  it('does not push out what the one in use says, with words on requests of its own under the same number', async () => {
    const [payer, thief] = [await openPayer(), await openPayer()];
    const sale = await sellOffline(payer, inUse, 660);
    expect((await inUse.client.post('requests', sale.request.call)).body).toMatchObject({ status: 'waiting' });
    const { batchNo, voucherNo } = unwrap(await inUse.terminal.verify(sale.request.document, Date.now()));
    for (let words = 0; words < ACCEPTANCES_PER_REQUEST_MAX; words += 1) {
      const own = await makeRequest(lost, 100 + words, Date.now(), { batchNo, voucherNo });
      expect(await outcomeOf((await consentOffline(thief, lost, own)).byTill)).toBe('request_mismatch');
    }
    wait(HOUR_MS);
    expect(await outcomeOf(sale.byTill)).toBe('paid');
  });

  it('sells no more, and takes no number that the one in use is to come to, however late its request comes in', async () => {
    wait(HOUR_MS / 4);
    const thief = await openPayer();
    const ahead = { batchNo: (inUse.terminal.batchNo + 1) as BatchNo, voucherNo: 1 as VoucherNo };
    const late = await consentOffline(thief, lost, await makeRequest(lost, 100, Date.now(), ahead));
    wait(HOUR_MS / 4);
    for (const call of [late.byWallet, late.byTill]) expect(await outcomeOf(call)).toBe('terminal_closed');
    const next = await makeRequest(inUse, 670, Date.now(), ahead);
    expect((await inUse.client.post('requests', next.call)).body).toMatchObject({ status: 'waiting' });
  });

  it('does not keep its place by having used up all numbers', async () => {
    const spiteful = await openTill();
    const { terminalId } = spiteful.terminal.trusted.content;
    const last = await makeRequest(spiteful, 100, Date.now(), { batchNo: 999_999 as BatchNo });
    expect((await spiteful.client.post('requests', last.call)).body).toMatchObject({ status: 'waiting' });
    const registry = await registryOf();
    const { code } = unwrap(await registry.shops.createActivationCode(terminalId as TerminalId, '01' as never));
    await expect(activateTill(createClient(), code)).rejects.toThrow('terminal_closed');
    const again = await hello(spiteful, await spiteful.terminal.createHello(Date.now()));
    expect(again.body.code).toBe('terminal_closed');
  });
});
