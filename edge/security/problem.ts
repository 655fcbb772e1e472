import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { REFUSALS } from '../../shared/protocol/refusals.ts';
import type { Refusal } from '../../shared/protocol/result.ts';
import type { Problem } from '../../shared/protocol/wire/payments.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Where a code is explained; the `type` of its problems (RFC 9457 section 3.1.1), relative to the origin. */
function problemPath(code: RefusalCode): string {
  return `/api/v1/problems/${code}`;
}

export interface ProblemExtras {
  readonly detail?: string | undefined;
  /** The centre's signed word on a refused authorisation, base64url. */
  readonly receipt?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one form in which anything is refused over HTTP. It says only what the table of refusals says: no stack, no secret. */
export function createProblem(code: RefusalCode, { detail, receipt, headers }: ProblemExtras = {}): Response {
  const { status, meaning } = REFUSALS[code];
  const body: Problem = { type: problemPath(code), title: meaning, status, code };
  if (detail !== undefined) body.detail = detail;
  if (receipt !== undefined) body.receipt = receipt;
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...headers },
  });
}

export function problemOf(refusal: Refusal): Response {
  return createProblem(refusal.code, { detail: refusal.detail });
}
