import { describe, expect, it } from 'vitest';
import {
  decideRehearsal,
  isPasskeyInDoubt,
  type RehearsalEvent,
  type RehearsalState,
} from '../../../wallet-pwa/offline/rehearsal.ts';

const STATES = {
  explaining: { status: 'explaining' },
  unplugging: { status: 'unplugging' },
  unplugged: { status: 'unplugged', tries: 0 },
  signing: { status: 'signing', tries: 0 },
  signed: { status: 'signed' },
  'handing-in': { status: 'handing-in' },
  granted: { status: 'granted' },
} as const satisfies Record<string, RehearsalState>;

const EVENTS = {
  agree: { kind: 'agree' },
  find: { kind: 'find' },
  offline: { kind: 'network', isOnline: false },
  online: { kind: 'network', isOnline: true },
  confirm: { kind: 'confirm' },
  sign: { kind: 'sign' },
  refuse: { kind: 'fail', code: 'rehearsal_missing' },
  lose: { kind: 'fail', code: 'no_network' },
  'hand-in': { kind: 'hand-in' },
  grant: { kind: 'grant' },
  close: { kind: 'close' },
} as const satisfies Record<string, RehearsalEvent>;

type Row = [state: keyof typeof STATES, event: keyof typeof EVENTS, next: RehearsalState['status']];

describe('switching on', () => {
  it.each<Row>([
    ['explaining', 'agree', 'unplugging'],
    ['explaining', 'find', 'signed'],
    ['explaining', 'offline', 'explaining'],
    ['unplugging', 'online', 'unplugging'],
    ['unplugging', 'offline', 'unplugged'],
    ['unplugging', 'confirm', 'unplugging'],
    ['unplugged', 'online', 'unplugging'],
    ['unplugged', 'confirm', 'signing'],
    ['signing', 'online', 'signing'],
    ['signing', 'close', 'signing'],
    ['signing', 'sign', 'signed'],
    ['signing', 'refuse', 'unplugged'],
    ['signed', 'agree', 'signed'],
    ['signed', 'hand-in', 'handing-in'],
    ['signed', 'close', 'explaining'],
    ['handing-in', 'lose', 'signed'],
    ['handing-in', 'refuse', 'explaining'],
    ['handing-in', 'grant', 'granted'],
    ['granted', 'close', 'explaining'],
  ])('%s, %s: %s', (state, event, next) => {
    expect(decideRehearsal(STATES[state], EVENTS[event]).status).toBe(next);
  });

  it('signs with the network off alone: nothing leads to the passkey while there is one', () => {
    for (const state of Object.values(STATES)) {
      const next = decideRehearsal(decideRehearsal(state, EVENTS.online), EVENTS.confirm);
      if (state.status !== 'signing') expect(next.status).not.toBe('signing');
    }
  });

  it('doubts the passkey when the browser says so, or when it was closed twice; not the first time', () => {
    const closed = decideRehearsal(STATES.signing, { kind: 'fail', code: 'passkey_cancelled' });
    expect(isPasskeyInDoubt(closed)).toBe(false);
    const again = decideRehearsal(decideRehearsal(closed, EVENTS.confirm), { kind: 'fail', code: 'passkey_cancelled' });
    expect(isPasskeyInDoubt(again)).toBe(true);
    expect(isPasskeyInDoubt(decideRehearsal(STATES.signing, { kind: 'fail', code: 'passkey_unavailable' }))).toBe(true);
  });
});
