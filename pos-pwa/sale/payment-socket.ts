import { LiveSocket } from '../../shared/browser/network/live-socket.ts';
import { type PaymentAnswer, SocketMessage } from '../../shared/protocol/wire/payments.ts';

const PAUSE_MS_MAX = 30_000;

export interface PaymentSocketOptions {
  readonly url: string;
  readonly onPayment: (payment: PaymentAnswer) => void;
  /** Makes sure that there is a session before a further try. */
  readonly beforeRetry: () => Promise<unknown>;
  readonly createSocket: (url: string) => WebSocket;
  readonly random: () => number;
}

/** The centre tells the till over this socket how payments end. */
export class PaymentSocket extends LiveSocket<typeof SocketMessage> {
  constructor({ url, onPayment, ...rest }: PaymentSocketOptions) {
    const onMessage = ({ payment }: SocketMessage) => onPayment(payment);
    super({ url, message: SocketMessage, onMessage, pauseMsMax: PAUSE_MS_MAX, ...rest });
  }
}
