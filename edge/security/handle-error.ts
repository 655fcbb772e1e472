import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createProblem } from './problem.ts';

const LOGGED_CHARS_MAX = 300;

/**
 * What no code of ours refused by name. The caller learns that it was our fault and that asking again is safe; the log learns
 * where it happened, with anything that could be a secret, a document or a token blacked out.
 */
export function handleError(error: Error, c: Context): Response {
  // Thrown by the framework while it reads a body that is not what its headers say.
  if (error instanceof HTTPException) return createProblem(error.status === 413 ? 'body_too_large' : 'malformed');
  console.error(`${c.req.method} ${redactPath(c.req.path)}: ${formatError(error)}`);
  return createProblem(isOverload(error) ? 'unavailable' : 'internal');
}

function formatError(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [`${error.name}: ${redact(error.message)}`, ...frames.slice(0, 8)].join('\n');
}

/** Long runs of letters and digits are keys, codes, documents or numbers of accounts; words are not so long. */
function redact(text: string): string {
  return text.slice(0, LOGGED_CHARS_MAX).replaceAll(/[A-Za-z0-9_+/=-]{12,}/g, '[…]');
}

/** Our own parts of an address are words in small letters; whatever else stands there came from outside. */
function redactPath(path: string): string {
  const parts = path.slice(0, LOGGED_CHARS_MAX).split('/');
  return parts.map((part) => (/^(?:[a-z-]{0,30}|v1)$/.test(part) ? part : '[…]')).join('/');
}

/** Set by the runtime on errors of Durable Objects that are busy or restarting. */
function isOverload(error: Error): boolean {
  const { overloaded, retryable, durableObjectReset } = error as {
    overloaded?: boolean;
    retryable?: boolean;
    durableObjectReset?: boolean;
  };
  return overloaded === true || retryable === true || durableObjectReset === true;
}
