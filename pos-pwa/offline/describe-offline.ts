import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { formatUntil } from '../parts/format-time.ts';
import { say } from '../say.ts';
import type { Terminal } from '../till/terminal.ts';
import type { OfflineView } from './offline-access.ts';

/** A drain of so few is over before it is read. */
const SHOWN_FROM = 4;

/**
 * The one calm line beside the state of the network: what can be taken without one, and until when. Said while there is a network
 * as well, so that nobody is taken by surprise.
 * @returns undefined where there is nothing to say: the shop has not agreed to sell without network, and has one
 */
export function describeOffline(
  { room, handingIn }: OfflineView,
  { isOnline, isAgreed }: { readonly isOnline: boolean; readonly isAgreed: boolean },
  currency: Currency,
  nowMs: number,
): string | undefined {
  if (isOnline && handingIn && handingIn.total >= SHOWN_FROM) return say('bar.handing-in', { ...handingIn });
  // Not counted yet.
  if (isOnline && (!isAgreed || !room)) return undefined;
  if (!room || room.leftMinor === 0) return say(isOnline ? 'bar.no-room-online' : 'bar.no-room');
  return say(isOnline ? 'bar.room-online' : 'bar.room', describeRoom(room, currency, nowMs));
}

export function describeRoom(
  { leftMinor, untilMs }: NonNullable<OfflineView['room']>,
  currency: Currency,
  nowMs: number,
): { amount: string; time: string } {
  const amount = formatAmount(leftMinor, currency, document.documentElement.lang);
  return { amount, time: formatUntil(untilMs, nowMs) };
}

/** Whether the shop has agreed at this till, to the edition of the terms that holds now. */
export function hasAgreed({ record }: Pick<Terminal, 'record'>): boolean {
  return record.offlineTermsVersion === TERMS_VERSION;
}
