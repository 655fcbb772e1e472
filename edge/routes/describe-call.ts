import { describeRoute, resolver, validator } from 'hono-openapi';
import type * as v from 'valibot';
import { REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';
import { Problem } from '../../shared/protocol/wire/payments.ts';
import { createProblem, PROBLEM_MEDIA_TYPE } from '../security/problem.ts';

export interface CallDescription {
  readonly tag: 'Programme' | 'Payments' | 'Tills' | 'Wallets' | 'Administration' | 'Demo';
  readonly summary: string;
  /** What the sentence above leaves out. */
  readonly description?: string;
  /** What a successful call is answered with; none: no content. */
  readonly answer?: v.GenericSchema;
  /** Refusals of the call itself; those that any call may get are added. */
  readonly refusals?: readonly RefusalCode[];
  /** By what the caller is known; none: by nothing, or by signatures in the documents themselves. */
  readonly session?: 'till' | 'wallet' | 'console';
}

const OF_ANY_WRITE: readonly RefusalCode[] = [
  'malformed',
  'body_too_large',
  'media_type_unsupported',
  'origin_refused',
];
const OF_ANY_CALL: readonly RefusalCode[] = ['unavailable', 'programme_missing', 'internal'];

/** Describes a call for the OpenAPI document: the same schemas that validate, and every refusal by its code. */
export function describeCall(method: 'get' | 'post' | 'delete', call: CallDescription) {
  const { tag, summary, description, answer, session } = call;
  const refusals = new Set<RefusalCode>([
    ...(call.refusals ?? []),
    ...(session ? (['not_signed_in'] as const) : []),
    ...(method === 'get' ? [] : OF_ANY_WRITE),
    ...OF_ANY_CALL,
  ]);
  const success = answer
    ? { 200: { description: 'Done.', content: { 'application/json': { schema: resolver(answer, LAX) } } } }
    : { 204: { description: 'Done.' } };
  return describeRoute({
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...(session ? { security: [{ [session]: [] }] } : {}),
    responses: { ...success, ...describeRefusals([...refusals]) },
  });
}

/** Validates a JSON body; what does not fit is `malformed`, and nothing of it is repeated in the answer. */
export function takeJson<S extends v.GenericSchema>(schema: S) {
  return validator('json', schema, refuseMalformed, LAX);
}

export function takeQuery<S extends v.GenericSchema<Record<string, unknown>>>(schema: S) {
  return validator('query', schema, refuseMalformed, LAX);
}

/** A path that names nothing possible names nothing there is. */
export function takeParam<S extends v.GenericSchema<Record<string, unknown>>>(schema: S) {
  return validator('param', schema, ({ success }) => (success ? undefined : createProblem('not_found')), LAX);
}

/** Checks without a counterpart in JSON Schema (a check digit) are left out of the description, not of the validation. */
const LAX = { options: { errorMode: 'ignore' } } as const;

function refuseMalformed({ success }: { success: boolean }): Response | undefined {
  return success ? undefined : createProblem('malformed');
}

function describeRefusals(codes: readonly RefusalCode[]) {
  const byStatus = Object.groupBy(codes, (code) => REFUSALS[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group = []]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${REFUSALS[code].meaning}`).join('\n'),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: resolver(Problem, LAX) } },
      },
    ]),
  );
}
