import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { TerminalId } from '../../shared/protocol/identifiers.ts';

/** Whom a socket belongs to; news are sent to all that bear a tag. */
export type SocketTag = `${'terminal' | 'phone' | 'customer'}:${string}`;

export function terminalTag(terminalId: TerminalId): SocketTag {
  return `terminal:${terminalId}`;
}

/** One phone, known by its device key. */
export function phoneTag(devicePublicKey: Uint8Array): SocketTag {
  return `phone:${encodeHex(devicePublicKey)}`;
}

/** All phones of a customer. */
export function customerTag(customerId: Uint8Array): SocketTag {
  return `customer:${encodeHex(customerId)}`;
}
