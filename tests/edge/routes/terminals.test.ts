import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { TerminalActivation } from '../../../shared/protocol/documents/proof-of-possession.ts';
import type { OperatorNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { TerminalAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { expectDone } from '../../support/api-client.ts';
import { createTestTerminal, type TestTerminal, unwrap } from '../../support/devices.ts';
import { activateTill, type EnrolledTill, requestPayment, trustOf } from '../../support/enrol.ts';
import {
  createClient,
  DEMO_MERCHANT,
  demoActivationCode,
  ledgerOf,
  openTill,
  registryOf,
} from '../support/test-app.ts';

async function createTerminal(): Promise<{ terminalId: TerminalId; code: string }> {
  await demoActivationCode();
  const { terminalId } = unwrap(await registryOf().shops.createTerminal({ merchantNo: DEMO_MERCHANT }));
  const { code } = unwrap(await registryOf().shops.createActivationCode(terminalId));
  return { terminalId, code };
}

async function activate(terminal: TestTerminal, code: string, nowMs = Date.now(), client = createClient()) {
  return client.post<TerminalAnswer>('terminals/activate', {
    activation: encodeBase64url(await terminal.createActivation(code, nowMs)),
  });
}

async function greet({ terminal, client }: EnrolledTill, nowMs = Date.now()) {
  return client.post<TerminalAnswer>('terminals/session', {
    hello: encodeBase64url(await terminal.createHello(nowMs)),
    terminalCertificate: encodeBase64url(terminal.certificate),
  });
}

function changeRows(statement: string, ...bindings: unknown[]): Promise<void> {
  return runInDurableObject(ledgerOf(), (_ledger, state) => {
    state.storage.sql.exec(statement, ...bindings);
  });
}

describe('activation', () => {
  it('makes a tablet the terminal, with certificate, keys, cashiers and a session', async () => {
    const { terminalId, code } = await createTerminal();
    const { answer, terminal, client } = await activateTill(createClient(), code);
    expect(terminal.trusted.content).toMatchObject({
      terminalId,
      merchantNo: DEMO_MERCHANT,
      shopName: 'Corner Café',
      acquirer: '100001',
      currency: 'EUR',
      exponent: 2,
    });
    expect(answer.operators).toEqual([{ operatorNo: '01', name: 'Alex', hasPasskey: false }]);
    expect(answer.contentKeys).toHaveLength(3);
    expect(answer.batchNoMin).toBe(1);
    expect((await client.post('terminals/sync')).status).toBe(200);
  });

  it('gives the same tablet with the same code its answer again, and nobody else', async () => {
    const { code } = await createTerminal();
    const terminal = await createTestTerminal();
    const first = expectDone(await activate(terminal, code));
    const second = expectDone(await activate(terminal, code));
    expect(second.terminalCertificate).toBe(first.terminalCertificate);
    expect((await activate(await createTestTerminal(), code)).body.code).toBe('activation_code_invalid');
  });

  it('refuses codes that are wrong, too old, replaced, or of a closed terminal', async () => {
    const { terminalId, code } = await createTerminal();
    const newer = unwrap(await registryOf().shops.createActivationCode(terminalId)).code;
    expect((await activate(await createTestTerminal(), code)).body.code).toBe('activation_code_invalid');
    expect((await activate(await createTestTerminal(), 'AAAABBBBCCCC')).body.code).toBe('activation_code_invalid');
    await changeRows('UPDATE secret_codes SET expires_at_ms = ? WHERE subject = ?', Date.now() - 1, terminalId);
    expect((await activate(await createTestTerminal(), newer)).body.code).toBe('activation_code_invalid');
    const newest = unwrap(await registryOf().shops.createActivationCode(terminalId)).code;
    await registryOf().shops.setTerminalStatus(terminalId, 'closed');
    expect((await activate(await createTestTerminal(), newest)).body.code).toBe('activation_code_invalid');
  });

  it('refuses a document of another key, or of another time', async () => {
    const { code } = await createTerminal();
    const [terminal, other] = [await createTestTerminal(), await createTestTerminal()];
    const content = { activationCode: code, publicKey: terminal.key.publicKey, atMs: Date.now() };
    const forged = encodeBase64url(await signDocument(TerminalActivation, content, other.key));
    const refused = await createClient().post('terminals/activate', { activation: forged });
    expect(refused.body.code).toBe('signature_invalid');
    expect((await activate(terminal, code, Date.now() - 600_000)).body.code).toBe('clock_off');
    expect((await activate(terminal, code)).status).toBe(200);
  });

  it('of a closed shop is refused', async () => {
    await demoActivationCode();
    const { shops } = registryOf();
    const { merchantNo } = unwrap(await shops.createMerchant({ name: 'Closed Shop' }));
    const { terminalId } = unwrap(await shops.createTerminal({ merchantNo }));
    const { code } = unwrap(await shops.createActivationCode(terminalId));
    await shops.setMerchantStatus(merchantNo, 'closed');
    expect((await activate(await createTestTerminal(), code)).body.code).toBe('merchant_closed');
  });

  it('anew ends the session and the key of the tablet before, and starts a batch of its own', async () => {
    const { terminalId, code } = await createTerminal();
    const before = await activateTill(createClient(), code);
    await requestPayment(before, 100);
    const next = unwrap(await registryOf().shops.createActivationCode(terminalId)).code;
    expect((await before.client.post('terminals/sync')).status).toBe(200);
    const after = await activateTill(createClient(), next);
    expect(after.answer.batchNoMin).toBe(32);
    expect((await before.client.post('terminals/sync')).body.code).toBe('not_signed_in');
    expect((await greet(before)).body.code).toBe('terminal_closed');
  });

  it('is limited by address, however many codes are tried', async () => {
    await demoActivationCode();
    const terminal = await createTestTerminal();
    const codes = new Set<string | undefined>();
    for (let tries = 0; tries < 40; tries += 1) codes.add((await activate(terminal, 'AAAABBBBCCCC')).body.code);
    expect([...codes]).toEqual(['activation_code_invalid', 'rate_limited']);
    await changeRows('DELETE FROM rate_limits');
  });
});

describe("a terminal's session", () => {
  it('is opened by a hello, once each', async () => {
    const till = await openTill();
    const hello = encodeBase64url(await till.terminal.createHello(Date.now()));
    const terminalCertificate = encodeBase64url(till.terminal.certificate);
    const fresh = createClient();
    expect((await fresh.post('terminals/session', { hello, terminalCertificate })).status).toBe(200);
    expect((await fresh.post('terminals/sync')).status).toBe(200);
    const replayed = await createClient().post('terminals/session', { hello, terminalCertificate });
    expect(replayed.body.code).toBe('ceremony_expired');
  });

  it('is refused to a hello by another key, for another terminal, or of another time', async () => {
    const [till, other] = [await openTill(), await openTill()];
    const crossed = await createClient().post('terminals/session', {
      hello: encodeBase64url(await other.terminal.createHello(Date.now())),
      terminalCertificate: encodeBase64url(till.terminal.certificate),
    });
    expect(crossed.body.code).toBe('signature_invalid');
    expect((await greet(till, Date.now() - 600_000)).body.code).toBe('clock_off');
    expect((await greet(till, Date.now() + 600_000)).body.code).toBe('clock_off');
  });

  it('ends when its time is over, and when the terminal is closed', async () => {
    const till = await openTill();
    const { terminalId } = till.terminal.trusted.content;
    await changeRows('UPDATE sessions SET expires_at_ms = ? WHERE terminal_id = ?', Date.now() - 1, terminalId);
    expect((await till.client.post('terminals/sync')).body.code).toBe('not_signed_in');
    expect((await greet(till)).status).toBe(200);
    await registryOf().shops.setTerminalStatus(terminalId, 'closed');
    expect((await till.client.post('terminals/sync')).body.code).toBe('not_signed_in');
    expect((await greet(till)).body.code).toBe('terminal_closed');
    expect((await requestPayment(till, 100)).answer.body.code).toBe('terminal_closed');
  });

  it('renews the certificate in its last third, and signs the one before again byte for byte until then', async () => {
    const till = await openTill();
    const { terminalId, serial } = till.terminal.trusted.content;
    const same = expectDone(await till.client.post<TerminalAnswer>('terminals/sync'));
    expect(same.terminalCertificate).toBe(encodeBase64url(till.terminal.certificate));
    const soonSeconds = Math.floor(Date.now() / 1000) + 29 * 86_400;
    await changeRows(
      'UPDATE terminal_certificates SET expires_at_seconds = ? WHERE terminal_id = ?',
      soonSeconds,
      terminalId,
    );
    const renewed = expectDone(await till.client.post<TerminalAnswer>('terminals/sync'));
    await till.terminal.adopt(decodeBase64url(renewed.terminalCertificate)!, await trustOf(renewed.programme));
    expect(till.terminal.trusted.content.serial).not.toEqual(serial);
    expect((await requestPayment(till, 100)).answer.status).toBe(200);
  });

  it('lists the shop’s cashiers that are open', async () => {
    const till = await openTill();
    const call = { merchantNo: DEMO_MERCHANT, operatorNo: '77' as OperatorNo, name: 'Sam' };
    unwrap(await registryOf().shops.createOperator(call));
    const listed = expectDone(await till.client.post<TerminalAnswer>('terminals/sync')).operators;
    expect(listed.map(({ operatorNo }) => operatorNo)).toContain('77');
    await registryOf().shops.setOperatorStatus(DEMO_MERCHANT, '77' as OperatorNo, 'closed');
    const after = expectDone(await till.client.post<TerminalAnswer>('terminals/sync')).operators;
    expect(after.map(({ operatorNo }) => operatorNo)).not.toContain('77');
  });
});
