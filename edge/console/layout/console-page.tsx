import type { Child } from 'hono/jsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import type { ConsoleView } from '../view.ts';
import { Document } from './document.tsx';
import { Navigation } from './navigation.tsx';

interface Crumb {
  readonly name: string;
  readonly href: string;
}

interface ConsolePageProps {
  readonly view: ConsoleView;
  readonly title: string;
  /** Beside the title: what state the thing is in. */
  readonly mark?: Child;
  /** One quiet line under the title. */
  readonly lead?: Child;
  /** The way back up. */
  readonly up?: Crumb | undefined;
  /** At the far end of the title: the one thing most often done here. */
  readonly actions?: Child;
  readonly children?: Child;
}

/** A page of a signed-in administrator: navigation, title, content. */
export function ConsolePage({ view, title, mark, lead, up, actions, children }: ConsolePageProps) {
  return (
    <Document title={title} siteName={view.programme.name} bodyClass="console">
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      <header class="top-bar">
        <button class="menu-button" type="button" popovertarget="navigation">
          <Icon name="menu" />
          Menu
        </button>
        <span class="top-bar-name">{view.programme.name}</span>
        {view.programme.isDemo && <span class="chip demo">Demo</span>}
      </header>
      <Navigation view={view} />
      <main id="content" class="content" tabindex={-1}>
        {view.said && <Notice kind="done">{view.said}</Notice>}
        <div class="page-head">
          <div class="page-title">
            {up && (
              <a class="up" href={up.href}>
                <Icon name="back" />
                {up.name}
              </a>
            )}
            <h1>
              {title} {mark}
            </h1>
            {lead && <p class="lead">{lead}</p>}
          </div>
          {actions && <div class="page-actions">{actions}</div>}
        </div>
        {children}
      </main>
    </Document>
  );
}
