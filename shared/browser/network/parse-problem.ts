import { isRefusalCode, type RefusalCode } from '../../protocol/refusals.ts';
import type { Refusal } from '../../protocol/result.ts';

/** A refusal that came over the network. */
export interface ApiRefusal extends Refusal {
  /** 0 where nothing answered. */
  readonly status: number;
  /** The centre's signed word that a payment was refused, where it gave one. */
  readonly receipt?: string;
}

/**
 * Reads RFC 9457 problem details. A code this build does not know (a newer centre) falls back to what the status says,
 * so that there are always words for it.
 */
export function parseProblem(status: number, body: unknown): ApiRefusal {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const { code, detail, receipt } = problem;
  return {
    ok: false,
    code: typeof code === 'string' && isRefusalCode(code) ? code : codeOfStatus(status),
    status,
    ...(typeof detail === 'string' && { detail }),
    ...(typeof receipt === 'string' && { receipt }),
  };
}

function codeOfStatus(status: number): RefusalCode {
  switch (status) {
    case 401:
      return 'not_signed_in';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 413:
      return 'body_too_large';
    case 429:
      return 'rate_limited';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status >= 500 ? 'internal' : 'malformed';
  }
}
