import type { ConsoleContext } from './console-context.ts';
import type { Books } from './operations/desk.ts';
import type { ConsoleView } from './view.ts';

/**
 * What every page shows around its own content. Pages about the whole programme stand beside the books of the first
 * participant.
 *
 * @param said what the form before did, see `takeNote`
 */
export function createView(c: ConsoleContext, said?: string): ConsoleView {
  const { env, programme, actor } = c.get('desk');
  const { participants } = programme;
  const books = c.get('books') as Books | undefined;
  return {
    programme: {
      id: programme.programme,
      name: programme.name,
      currency: programme.currency,
      isDemo: env.DEMO === '1',
      timeZone: programme.timeZone,
    },
    administratorName: actor.name,
    participants,
    participant: books?.participant ?? participants[0]!,
    path: new URL(c.req.url).pathname,
    nowMs: Date.now(),
    said,
  };
}
