import type { ApiClient, ApiResult } from '../../shared/browser/network/api-client.ts';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { type CancelPayCodeCall, PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { KeptPayCode } from './kept-pay-code.ts';

/** How a pay code stands at the centre; asking changes nothing. */
export function fetchPayCode({ hash }: KeptPayCode, api: ApiClient): Promise<ApiResult<PayCodeAnswer>> {
  return api.call({ path: `wallet/pay-codes/${encodeBase64url(hash)}`, answer: PayCodeAnswer });
}

/**
 * Takes it back, or declines what a shop asked for with it, however often. It carries the content: the centre has never seen a pay code that nobody charged, and must know
 * whose it is. The answer says who was quicker.
 */
export function cancelPayCode({ hash, content }: KeptPayCode, api: ApiClient): Promise<ApiResult<PayCodeAnswer>> {
  return api.call({
    path: `wallet/pay-codes/${encodeBase64url(hash)}/cancel`,
    body: { content: encodeBase64url(content) } satisfies CancelPayCodeCall,
    answer: PayCodeAnswer,
  });
}
