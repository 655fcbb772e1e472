import type { ConsoleContext } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { places } from '../places.ts';
import { ConsolePage } from './console-page.tsx';

/** For an address that names nothing of the programme's. */
export function showNotFound(c: ConsoleContext) {
  const view = createView(c);
  return c.html(
    <ConsolePage view={view} title="There is nothing here" lead="The address names nothing that this programme has.">
      <p>
        Check it, or go on from the <a href={places.overview(view.participant.code)}>overview</a>.
      </p>
    </ConsolePage>,
    404,
  );
}
