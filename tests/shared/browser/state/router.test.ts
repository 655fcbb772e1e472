import { describe, expect, it } from 'vitest';
import { matchRoute } from '../../../../shared/browser/state/router.ts';

const table = { home: '', history: 'history', payment: 'history/:traceKey', pay: 'p/:code' } as const;

function match(path: string) {
  return matchRoute(table, '/wallet/', new URL(path, 'https://pay.example.org'));
}

describe('matchRoute', () => {
  it.each([
    ['/wallet/', 'home', {}],
    ['/wallet/history', 'history', {}],
    ['/wallet/history/', 'history', {}],
    ['/wallet/history/T0000001-000001-000002', 'payment', { traceKey: 'T0000001-000001-000002' }],
    ['/wallet/p/ABC234', 'pay', { code: 'ABC234' }],
    ['/wallet/p/a%20b', 'pay', { code: 'a b' }],
    ['/wallet/p/%', 'pay', { code: '%' }],
  ])('finds the screen of %s', (path, name, params) => {
    expect(match(path)).toMatchObject({ name, params });
  });

  it('hands the query on', () => {
    expect(match('/wallet/history?from=2026-10')?.query.get('from')).toBe('2026-10');
  });

  it.each(['/pos/', '/wallet', '/wallet/history/a/b', '/wallet/nowhere'])('finds no screen for %s', (path) => {
    expect(match(path)).toBeUndefined();
  });
});
