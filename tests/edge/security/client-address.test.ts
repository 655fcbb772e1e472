import { describe, expect, it } from 'vitest';
import type { Env } from '../../../edge/env.ts';
import { clientAddress } from '../../../edge/security/client-address.ts';

function addressOf(headers: Record<string, string>, cf?: object, env: Partial<Env> = {}): string {
  const request = new Request('http://localhost/', { headers, ...(cf ? { cf } : {}) } as RequestInit);
  return clientAddress(request, env as Env);
}

describe("a caller's address", () => {
  it('is the socket’s own on plain workerd, whatever the headers claim', () => {
    const forged = { 'cf-connecting-ip': '6.6.6.6', 'x-forwarded-for': '6.6.6.6' };
    expect(addressOf(forged, { clientIp: '192.0.2.1:4711' })).toBe('192.0.2.1');
    expect(addressOf(forged, { clientIp: '[2001:db8:1:2:3:4:5:6]:4711' })).toBe('2001:db8:1:2');
  });

  it('is what Cloudflare says behind Cloudflare', () => {
    expect(addressOf({ 'cf-connecting-ip': '192.0.2.7' }, { colo: 'FRA' })).toBe('192.0.2.7');
  });

  it('is what a trusted proxy wrote last, not what the caller wrote before it', () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 192.0.2.9' };
    expect(addressOf(headers, { clientIp: '127.0.0.1:1' }, { TRUST_PROXY: '1' })).toBe('192.0.2.9');
  });

  it('is one for all where nobody can be believed', () => {
    expect(addressOf({ 'cf-connecting-ip': '6.6.6.6', 'x-forwarded-for': '6.6.6.6' })).toBe('unknown');
  });

  it('is a whole /64 of IPv6, however it is written', () => {
    const of = (text: string) => addressOf({ 'x-forwarded-for': text }, undefined, { TRUST_PROXY: '1' });
    expect(of('2001:0DB8:0000:0001::1')).toBe(of('2001:db8:0:1:ffff:ffff:ffff:ffff'));
    expect(of('2001:db8::1')).toBe('2001:db8:0:0');
    expect(of('x'.repeat(5_000)).length).toBeLessThanOrEqual(64);
  });
});
