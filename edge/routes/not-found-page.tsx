import type { Context } from 'hono';
import { EntryPage } from '../console/layout/entry-page.tsx';

/** For people who followed a wrong address; programs get a problem instead (see `app.ts`). */
export function notFoundPage(c: Context) {
  return c.html(
    <EntryPage title="There is nothing here" siteName="Tandem" lead="Check the address, or begin at the front door.">
      <a class="button primary large wide" href="/">
        To the start
      </a>
    </EntryPage>,
    404,
  );
}
