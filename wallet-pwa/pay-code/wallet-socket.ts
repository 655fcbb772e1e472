import { LiveSocket } from '../../shared/browser/network/live-socket.ts';
import { type PayCodeAnswer, WalletSocketMessage } from '../../shared/protocol/wire/pay-codes.ts';

/** A code lives a minute: there is no time for long pauses between tries. */
const PAUSE_MS_MAX = 1_500;

export interface WalletSocketOptions {
  readonly url: string;
  readonly onPayCode: (answer: PayCodeAnswer) => void;
  readonly onOpen: () => void;
  /** As far as the wallet knows: with no network nothing is tried, and the next poll finds out. */
  readonly isOnline: () => boolean;
  readonly createSocket: (url: string) => WebSocket;
  readonly random: () => number;
}

/** Over this the centre tells the wallet how the code on its screen fares. Open only while one is shown. */
export class WalletSocket extends LiveSocket<typeof WalletSocketMessage> {
  constructor({ onPayCode, isOnline, ...rest }: WalletSocketOptions) {
    const onMessage = ({ payCode }: WalletSocketMessage) => onPayCode(payCode);
    super({ message: WalletSocketMessage, onMessage, canTry: isOnline, pauseMsMax: PAUSE_MS_MAX, ...rest });
  }
}
