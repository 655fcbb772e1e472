import type { Context } from 'hono';
import type { Env } from './env.ts';

/**
 * Static files, wherever they come from: Cloudflare's assets or a plain disk that knows no content types. Names are checked
 * before anything is asked for, since the same folder holds the worker's own code.
 */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  mp3: 'audio/mpeg',
  txt: 'text/plain; charset=utf-8',
};

/** One of our folders, then plain names: no dot at the start of one, so neither `..` nor what build tools leave. */
const STATIC_PATH = /^\/(?:pos|wallet|centre)(?:\/[A-Za-z0-9_-][A-Za-z0-9_.@-]*)*\.([a-z0-9]+)$/;
/** The build puts a hash into these names: what is there once never changes. */
const HASHED_PATH = /^\/(?:pos|wallet)\/assets\/[^/]+-[\w-]{8}\.\w+$/;
const YEAR_SECONDS = 31_536_000;

const APP_PATH = /^\/(pos|wallet)(\/[^.]*)?$/;

/** @returns undefined when there is no such file */
export async function serveFile(c: Context<{ Bindings: Env }>): Promise<Response | undefined> {
  const app = APP_PATH.exec(c.req.path);
  // Without the slash at the end the app's service worker would not cover the page.
  if (app && !app[2]) return c.redirect(`/${app[1]}/`, 308);
  // Places inside an app are the app's own: one page serves them all.
  const path = app ? `/${app[1]}/index.html` : c.req.path;
  const contentType = CONTENT_TYPES[STATIC_PATH.exec(path)?.[1] ?? ''];
  return contentType ? loadFile(c, path, contentType) : undefined;
}

async function loadFile(
  c: Context<{ Bindings: Env }>,
  path: string,
  contentType: string,
): Promise<Response | undefined> {
  const conditions = new Headers();
  for (const name of ['if-none-match', 'if-modified-since']) {
    const value = c.req.header(name);
    if (value) conditions.set(name, value);
  }
  const file = await c.env.ASSETS.fetch(new Request(new URL(path, c.req.url), { headers: conditions }));
  if (!file.ok && file.status !== 304) {
    await file.body?.cancel();
    return undefined;
  }
  const headers = new Headers({
    'content-type': contentType,
    'cache-control': HASHED_PATH.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
  });
  for (const name of ['etag', 'last-modified', 'content-length']) {
    const value = file.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(file.body, { status: file.status, headers });
}
