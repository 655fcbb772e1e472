import type { RefusalCode } from '../../protocol/refusals.ts';
import { REFUSAL_MESSAGES_EN } from './refusal-messages-en.ts';

export type Audience = 'customer' | 'cashier';

/** The words for a refusal: what happened and what to do. The code itself belongs under "Details". */
export function messageFor(code: RefusalCode, audience: Audience = 'customer'): { text: string; next: string } {
  const message = REFUSAL_MESSAGES_EN[code];
  const { text, next } = (audience === 'cashier' && message.cashier) || message;
  return { text, next };
}
