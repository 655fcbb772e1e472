import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { formatUntil } from '../parts/format-time.ts';
import { say } from '../say.ts';
import type { Terminal } from '../till/terminal.ts';
import type { OfflineView } from './offline-access.ts';

/** A drain of so few is over before it is read. */
const SHOWN_FROM = 4;

/** The one calm line beside the state of the network; undefined where there is nothing to say. */
export function describeOffline(
  { room, handingIn }: OfflineView,
  isOnline: boolean,
  currency: Currency,
  nowMs: number,
): string | undefined {
  if (isOnline) return handingIn && handingIn.total >= SHOWN_FROM ? say('bar.handing-in', { ...handingIn }) : undefined;
  if (!room || room.leftMinor === 0) return say('bar.no-room');
  return say('bar.room', describeRoom(room, currency, nowMs));
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
