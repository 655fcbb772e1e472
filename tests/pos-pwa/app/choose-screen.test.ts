import { describe, expect, it } from 'vitest';
import { chooseScreen } from '../../../pos-pwa/app/choose-screen.ts';
import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import type { Desk } from '../../../pos-pwa/sale/sale-desk.ts';
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
