import * as v from 'valibot';
import { ProgrammeId } from '../identifiers.ts';
import { AuthoriseCall } from './payments.ts';

/**
 * What a device has signed or taken and could not hand in yet, saved by hand: any other device may hand it in, each call proves
 * itself. Repeatable, like every hand-in.
 */
export const UnsettledFile = v.strictObject({
  format: v.literal('tandem-unsettled/1'),
  programme: ProgrammeId,
  calls: v.array(AuthoriseCall),
});
export type UnsettledFile = v.InferOutput<typeof UnsettledFile>;
