import type { Child } from 'hono/jsx';
import { Document } from './document.tsx';
import { Mark } from './navigation.tsx';

interface EntryPageProps {
  readonly title: string;
  readonly siteName: string;
  readonly lead?: Child;
  readonly children?: Child;
}

/** A page before sign-in: one column, one thing to do. */
export function EntryPage({ title, siteName, lead, children }: EntryPageProps) {
  return (
    <Document title={title} siteName={siteName} bodyClass="entry">
      <main id="content" class="entry-column">
        <div class="entry-head">
          <Mark />
          <span>{siteName}</span>
        </div>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </main>
    </Document>
  );
}
