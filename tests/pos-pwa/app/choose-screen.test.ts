import { describe, expect, it } from 'vitest';
import { chooseScreen } from '../../../pos-pwa/app/choose-screen.ts';
import type { Desk } from '../../../pos-pwa/sale/desk.ts';
import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import type { Terminal } from '../../../pos-pwa/till/terminal.ts';
import { decidePhase, type TillPhase } from '../../../pos-pwa/till/till-phase.ts';
import type { OperatorNo } from '../../../shared/protocol/identifiers.ts';

const terminal = { record: { operators: [{ operatorNo: '01' }] } } as unknown as Terminal;
const cashier = { operatorNo: '01' as OperatorNo, name: 'Alex', expiresAtMs: 1000 };
const open: TillPhase = { name: 'open', terminal, cashier };
const front = {} as Sale;

describe('the screen', () => {
  it('is what the till is, before anything else', () => {
    expect(chooseScreen({ name: 'not-activated' }, { front }, 'payments')).toBe('activation');
    expect(chooseScreen({ name: 'signed-out', terminal }, { front }, 'payments')).toBe('operators');
    expect(chooseScreen({ name: 'failed', code: 'certificate_invalid' }, {}, 'pad')).toBe('failed');
  });

  it('is the sale or the scan in hand, wherever the cashier was', () => {
    expect(chooseScreen(open, { front }, 'settings')).toBe('counter');
    expect(chooseScreen(open, { scanning: {} as Desk['scanning'] }, 'payments')).toBe('counter');
  });

  it('is the address otherwise', () => {
    expect(chooseScreen(open, {}, 'settings')).toBe('settings');
    expect(chooseScreen(open, {}, 'pad')).toBe('counter');
  });
});

describe('a till that the centre no longer knows', () => {
  const lost = [
    'terminal_unknown',
    'terminal_closed',
    'certificate_invalid',
    'programme_mismatch',
    'programme_missing',
  ] as const;

  it.each(lost)(
    'cannot charge or sign anyone in (%s), and keeps its payments and how the last sale ended',
    (trouble) => {
      expect(chooseScreen(open, {}, 'pad', trouble)).toBe('lost');
      expect(chooseScreen({ name: 'signed-out', terminal }, {}, 'pad', trouble)).toBe('lost');
      expect(chooseScreen(open, {}, 'payments', trouble)).toBe('payments');
      expect(chooseScreen(open, { front }, 'pad', trouble)).toBe('counter');
      expect(chooseScreen({ name: 'not-activated' }, {}, 'pad', trouble)).toBe('activation');
    },
  );

  it('is not one whose shop is closed for now', () => {
    expect(chooseScreen(open, {}, 'pad', 'merchant_closed')).toBe('counter');
  });
});

describe('a till that is opened again', () => {
  it('goes on with the cashier who was there', () => {
    expect(decidePhase(terminal, cashier, 999).name).toBe('open');
  });

  it.each([
    ['nobody was signed in', undefined, 0],
    ['the time is over', cashier, 1000],
    ['the cashier is no longer listed', { ...cashier, operatorNo: '02' as OperatorNo }, 0],
  ])('asks who is there when %s', (_title, known, nowMs) => {
    expect(decidePhase(terminal, known, nowMs).name).toBe('signed-out');
  });
});
