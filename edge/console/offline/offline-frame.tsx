import type { Child } from 'hono/jsx';
import { ConsolePage } from '../layout/console-page.tsx';
import { SubPages } from '../parts/sub-pages.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

interface OfflineFrameProps {
  readonly view: ConsoleView;
  readonly title: string;
  readonly lead: Child;
  readonly children?: Child;
}

/** What the pages about offline payments have around them. */
export function OfflineFrame({ view, title, lead, children }: OfflineFrameProps) {
  const { code } = view.participant;
  return (
    <ConsolePage view={view} title={title} lead={lead}>
      <SubPages
        label="Offline payments"
        path={view.path}
        pages={[
          { name: 'Exposure', href: places.offline(code) },
          { name: 'Set aside', href: places.allowances(code) },
          { name: 'Double spends', href: places.evidenceList(code) },
          { name: 'Late arrivals', href: places.lateArrivals(code) },
        ]}
      />
      {children}
    </ConsolePage>
  );
}
