import { Hono } from 'hono';
import * as v from 'valibot';
import { isRefusalCode, REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';
import type { ApiEnv } from './api-context.ts';
import { describeCall, takeParam } from './describe-call.ts';

const CodeParam = v.object({
  code: v.pipe(
    v.string(),
    v.maxLength(64),
    v.check(isRefusalCode),
    v.transform((code) => code as RefusalCode),
  ),
});

const ProblemExplained = v.object({
  code: v.string(),
  title: v.string(),
  status: v.number(),
  /** What to do about it. */
  next: v.string(),
  /** The same document will get this same answer for ever. */
  isFinal: v.boolean(),
});

/** Where the `type` of every problem leads: the one table of refusals, row by row. */
export const problemRoutes = new Hono<ApiEnv>()
  .get(
    '/problems',
    describeCall('get', { tag: 'Programme', summary: 'All refusals', answer: v.array(ProblemExplained) }),
    (c) => c.json((Object.keys(REFUSALS) as RefusalCode[]).map(explain)),
  )
  .get(
    '/problems/:code',
    describeCall('get', {
      tag: 'Programme',
      summary: 'What a refusal means and what to do',
      answer: ProblemExplained,
      refusals: ['not_found'],
    }),
    takeParam(CodeParam),
    (c) => c.json(explain(c.req.valid('param').code)),
  );

function explain(code: RefusalCode): v.InferOutput<typeof ProblemExplained> {
  const { meaning, next, status, isFinal } = REFUSALS[code];
  return { code, title: meaning, status, next, isFinal };
}
