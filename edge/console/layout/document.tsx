import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { CONSOLE_ROOT } from '../places.ts';

interface DocumentProps {
  /** Of the page, before the programme's name. */
  readonly title: string;
  readonly siteName: string;
  readonly bodyClass?: string;
  readonly children?: Child;
}

/** The frame of every page: no script or style but the two files, and nothing from elsewhere. */
export function Document({ title, siteName, bodyClass, children }: DocumentProps) {
  return (
    <>
      {html`<!doctype html>`}
      <html lang="en" dir="ltr">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{`${title} · ${siteName}`}</title>
          <link rel="icon" href={`${CONSOLE_ROOT}/icon.svg`} type="image/svg+xml" />
          <link rel="stylesheet" href={`${CONSOLE_ROOT}/console.css`} />
          <script type="module" src={`${CONSOLE_ROOT}/console.js`} />
        </head>
        <body class={bodyClass}>{children}</body>
      </html>
    </>
  );
}
