import { bodyLimit } from 'hono/body-limit';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { createProblem } from './problem.ts';

/** Stops a body past the bound before anything parses it: by its stated length, or counted as it streams in. */
export const limitBody = bodyLimit({
  maxSize: BOUNDS.bodyBytesMax,
  onError: () => createProblem('body_too_large', { headers: { connection: 'close' } }),
});
