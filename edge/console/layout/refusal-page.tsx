import { REFUSALS } from '../../../shared/protocol/refusals.ts';
import type { Refusal } from '../../../shared/protocol/result.ts';
import type { ConsoleContext } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { ConsolePage } from './console-page.tsx';
import { showNotFound } from './not-found-page.tsx';

/** For a button without fields that the centre refused: what was wrong, and what to do. */
export function showRefusal(c: ConsoleContext, { code, detail }: Refusal) {
  if (code === 'not_found') return showNotFound(c);
  const { meaning, next } = REFUSALS[code];
  const view = createView(c);
  return c.html(
    <ConsolePage view={view} title="That was not done" lead={meaning}>
      {detail && <p>{detail}</p>}
      <p>{next}</p>
    </ConsolePage>,
    422,
  );
}
