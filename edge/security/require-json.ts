import type { MiddlewareHandler } from 'hono';
import { createProblem } from './problem.ts';

const JSON_MEDIA_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/**
 * Takes bodies as JSON in UTF-8, not compressed: one reading of the bytes, no bomb to unpack, and nothing that a form of
 * another site could send without the browser asking first.
 */
export const requireJson: MiddlewareHandler = async function requireJson(c, next) {
  const { method, headers } = c.req.raw;
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH') return next();
  const isJson = JSON_MEDIA_TYPE.test(headers.get('content-type') ?? '') && !headers.has('content-encoding');
  return isJson ? next() : createProblem('media_type_unsupported');
};
