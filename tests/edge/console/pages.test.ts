import { beforeAll, describe, expect, it } from 'vitest';
import type { MerchantNo, OperatorNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import { unwrap } from '../../support/devices.ts';
import { createClient, registryOf } from '../support/test-app.ts';
import { ConsoleVisitor, openConsole } from './console-visitor.ts';

/** What holds for every page, whatever names people give to things. */

const UGLY = '<script>alert(1)</script>';
const UGLY_LABEL = `"><img src=x onerror=alert(1)>'`;

let visitor: ConsoleVisitor;
let paths: string[];

beforeAll(async () => {
  visitor = await openConsole();
  await visitor.send('/centre/settings', {
    name: UGLY,
    largestPayment: '500',
    requestValidSeconds: '60',
    timeZone: 'UTC',
    twinMode: 'split',
    twinWindow: '3',
    twinTolerance: '10',
    twinRhythm: '250',
    twinRegenerate: '4',
    stepUp: '50',
    offline: 'on',
    offlineLimit: '50',
    offlinePaymentMax: '25',
    offlineCount: '5',
    offlineValid: '24',
    offlineClaim: '72',
    tillPerPhone: '25',
    tillTotal: '500',
    tillCount: '500',
    tillAge: '72',
  });
  const { shops, cards } = registryOf();
  const merchantNo = '100001000000017' as MerchantNo;
  const terminalId = 'ABCD2345' as TerminalId;
  unwrap(await shops.createMerchant({ name: UGLY, merchantNo }));
  unwrap(await shops.createTerminal({ merchantNo, terminalId }));
  unwrap(await shops.createOperator({ merchantNo, operatorNo: '01' as OperatorNo, name: UGLY }));
  const { card } = await cards.createCard(UGLY_LABEL);
  await visitor.send('/centre/api-keys', { name: UGLY });
  paths = [
    ...['100001', '100001/payments', '100001/accounts', '100001/merchants', `100001/merchants/${merchantNo}`],
    ...[`100001/terminals/${terminalId}`, `100001/accounts/${card.accountNumber}`, '100001/merchants/nothing'],
    ...['offline', 'offline/allowances', 'offline/evidence', 'offline/late-arrivals'].map((page) => `100001/${page}`),
    ...['participants', 'administrators', 'keys', 'api-keys', 'settings', 'sign-in', 'join'],
    // What people type comes back in the field, and only there.
    `100001/accounts?search=${encodeURIComponent(UGLY_LABEL)}`,
    `100001/payments?search=${encodeURIComponent(UGLY)}&day=${UGLY}&status=${UGLY}&merchant=${UGLY}&before=${UGLY}`,
    `sign-in?next=${encodeURIComponent(UGLY_LABEL)}`,
  ].map((path) => `/centre/${path}`);
});

interface Findings {
  readonly wrong: string[];
  readonly ids: string[];
  readonly headings: number;
  readonly links: string[];
}

async function inspect(html: string): Promise<Findings> {
  const findings = { wrong: [] as string[], ids: [] as string[], headings: 0, links: [] as string[] };
  await new HTMLRewriter()
    .on('*', {
      element(element) {
        for (const [name = '', value = ''] of element.attributes) {
          if (name === 'style' || name.startsWith('on')) findings.wrong.push(`${element.tagName} ${name}`);
          if (/^(?:href|src|action)$/.test(name) && /^\s*(?:javascript|data|vbscript):/i.test(value))
            findings.wrong.push(`${element.tagName} ${name}=${value}`);
        }
        const id = element.getAttribute('id');
        if (id) findings.ids.push(id);
        if (element.tagName === 'h1') findings.headings += 1;
        if (element.tagName === 'style' || element.tagName === 'img') findings.wrong.push(element.tagName);
        if (element.tagName === 'script' && !element.getAttribute('src')) findings.wrong.push('inline script');
        const href = element.getAttribute('href');
        if (element.tagName === 'a' && href) findings.links.push(href);
      },
    })
    .transform(new Response(html, { headers: { 'content-type': 'text/html' } }))
    .text();
  return findings;
}

describe('every page', () => {
  it('is there, whatever stands in the address', async () => {
    for (const path of paths) expect([path, (await visitor.open(path)).status]).toEqual([path, expectStatus(path)]);
  });

  function expectStatus(path: string): number {
    if (path.includes('/nothing')) return 404;
    return path.includes('/payments?') ? 422 : 200;
  }

  it('runs and styles nothing inline, and shows ugly names as text', async () => {
    for (const path of paths) {
      const { html } = await visitor.open(path);
      const { wrong } = await inspect(html);
      expect([path, wrong]).toEqual([path, []]);
      expect(html).not.toContain(UGLY);
      expect(html).not.toContain('<img');
    }
    expect((await visitor.open('/centre/100001/merchants')).text).toContain(UGLY);
    expect((await visitor.open('/centre/100001/accounts')).text).toContain(UGLY_LABEL);
  });

  it('has one first heading, a name, a language and no place named twice', async () => {
    for (const path of paths) {
      const { html } = await visitor.open(path);
      const { headings, ids } = await inspect(html);
      expect([path, headings]).toEqual([path, 1]);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      expect(html).toMatch(/^<!DOCTYPE html>\s*<html lang="en"/i);
      expect(html).toMatch(/<title>[^<]+<\/title>/);
    }
  });

  it('links only to places that are there', async () => {
    const links = new Set<string>();
    for (const path of paths)
      for (const link of (await inspect((await visitor.open(path)).html)).links) links.add(link);
    for (const link of links) {
      if (!link.startsWith('/centre')) continue;
      const { status } = await visitor.open(link.split('#')[0] ?? '');
      expect([link, [200, 302, 303].includes(status)]).toEqual([link, true]);
    }
  });

  it('is kept by no cache and shown in no frame, under a policy that allows files of the origin alone', async () => {
    for (const path of paths) {
      const { headers } = await visitor.client.send('GET', path);
      expect(headers.get('cache-control')).toBe('no-store');
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of ["script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'"])
        expect(policy).toContain(rule);
      expect(policy).not.toContain('unsafe');
    }
  });

  it('names nobody’s programme to a stranger but in its title', async () => {
    const { html } = await new ConsoleVisitor(createClient()).open('/centre/100001/merchants');
    expect(html).toBe('');
  });
});
