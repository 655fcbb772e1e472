import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { TerminalAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { MovementAnswer } from '../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../support/api-client.ts';
import { unwrap } from '../support/devices.ts';
import { activateTill, createAuthoriseCall, enrolOperator, registerWallet } from '../support/enrol.ts';
import { type ConsoleVisitor, openConsole } from './console/console-visitor.ts';
import { createConsoleAuthenticator } from './support/administrator.ts';
import { createClient, registryOf } from './support/test-app.ts';

/** A shop called like this is just an ugly name: it is kept as it is and runs nowhere. */
const SCRIPT = '<script>alert(1)</script>';
const HANDLER = '"><img src=x onerror=alert(1)>';
const UGLY = [SCRIPT, HANDLER, "'-alert(1)-'", '{{7*7}}', '&lt;b&gt;&#x3C;', 'javascript:alert(1)'];

let visitor: ConsoleVisitor;

beforeAll(async () => {
  visitor = await openConsole();
  const { shops, cards } = registryOf();
  for (const [index, name] of UGLY.entries()) {
    const { merchantNo } = unwrap(await shops.createMerchant({ name }));
    const operatorNo = String(index + 10) as Parameters<typeof shops.createOperator>[0]['operatorNo'];
    unwrap(await shops.createOperator({ merchantNo, operatorNo, name }));
    const { terminalId } = unwrap(await shops.createTerminal({ merchantNo }));
    const { code } = unwrap(await shops.createActivationCode(terminalId, operatorNo));
    await cards.createCard(name);
    const till = await activateTill(createClient(), code);
    await enrolOperator(till.client, await createConsoleAuthenticator(), { operatorNo });
    const wallet = await registerWallet(createClient(), name);
    await wallet.client.post('wallet/cards', { label: name });
    const created = await till.terminal.createRequest(100, Date.now(), { operatorNo });
    const call = { request: encodeBase64url(created.document) };
    const terminalCertificate = till.answer.terminalCertificate;
    await createClient().post('requests', { ...call, terminalCertificate });
    const request = { call: { ...call, terminalCertificate }, document: created.document, hash: created.hash };
    const paid = await wallet.client.post<PaymentAnswer>(
      'authorisations',
      await createAuthoriseCall(wallet, till, request),
    );
    if (index === 0) {
      expect(paid.status).toBe(200);
      const { body } = await wallet.client.get<{ movements: MovementAnswer[] }>('wallet/movements');
      expect(body.movements[0]!.shopName).toBe(SCRIPT);
      const synced = expectDone(await till.client.post<TerminalAnswer>('terminals/sync'));
      expect(synced.operators[0]!.name).toBe(SCRIPT);
    }
  }
});

describe('an ugly name', () => {
  it('is text on every page of the console that can be reached by following links', async () => {
    const seen = new Set<string>();
    const waiting = ['/centre', '/', '/api/v1/docs'];
    let shown = 0;
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path) || seen.size > 300) continue;
      seen.add(path);
      const page = await visitor.open(path);
      expect(page.status, path).toBeLessThan(500);
      expect(page.html, path).not.toMatch(/<script>|<img[^>]* onerror|href="javascript:/i);
      expect(page.html.replaceAll(/<script type="module" src="\/[^"]+"><\/script>/g, ''), path).not.toMatch(/<script/i);
      if (page.text.includes(SCRIPT)) shown += 1;
      if (page.location) waiting.push(page.location.split('#')[0]!);
      for (const [, href] of page.html.matchAll(/href="(\/centre[^"#]*)/g))
        waiting.push(href!.replaceAll('&amp;', '&'));
    }
    expect(shown).toBeGreaterThan(3);
    expect(seen.size).toBeGreaterThan(10);
  });

  it('of a customer, cashier or card is text where they are searched for', async () => {
    for (const name of UGLY) {
      const query = encodeURIComponent(name);
      for (const path of [
        `/centre/100001/accounts?search=${query}`,
        `/centre/100001/payments?search=${query}`,
        `/centre/sign-in?next=${query}`,
      ]) {
        const { html } = await visitor.open(path);
        expect(html).not.toMatch(/<script>|<img[^>]* onerror/i);
      }
    }
  });

  it('is refused where it could fake a layout', async () => {
    for (const name of ['\u202Etnuocca', 'a\u200Bb', 'a\u0007b', 'two\nlines']) {
      const sent = await visitor.client.post('/api/v1/administration/merchants', { name });
      expect(sent.body.code).toBe('malformed');
      expect((await createClient().post('wallet/registration-options', { name })).body.code).toBe('malformed');
    }
  });
});
