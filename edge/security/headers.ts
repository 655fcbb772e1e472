import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import { originsOf } from './origins.ts';

/**
 * For pages: only files of the own origin run, style and show; nothing inline, nothing framed, no form sent elsewhere.
 *
 * Without Trusted Types: our pages write no markup from strings, but register service workers, start workers and parse their
 * own refreshed pages by plain addresses and text, which `require-trusted-types-for` takes only from a policy (tried in
 * Chromium 156: lit-html's own policy suffices for Lit, workbox-window's register() and `new Worker(new URL(…))` are
 * blocked, and Vite finds workers only in that literal form).
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // blob: and data: for pictures a person picks and for codes drawn to an image; blob: media for sounds made in the app.
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  // Covers the terminal's WebSocket too: 'self' matches ws: and wss: of the own origin (CSP Level 3, section 6.7.2.8).
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/**
 * The one script that may compile WebAssembly: the scanner's thorough reader. A worker fetched from an address is ruled by
 * the policy of its own answer, not by its page's (HTML Standard, "run a worker"), so the pages, the other workers and the
 * service workers go without. `'wasm-unsafe-eval'` lets no text be run as script.
 */
const WASM_WORKER_PATH = /^\/(?:pos|wallet)\/assets\/thorough-worker-[\w-]{8}\.js$/;
const WASM_WORKER_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

/** For data: whatever a browser might take it for, it can do nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** What the two apps use is allowed to the own origin; the rest is off, so that a fault in a page reaches no sensor. */
const PERMISSIONS_POLICY = [
  ...[
    'camera',
    'clipboard-read',
    'clipboard-write',
    'display-capture',
    'fullscreen',
    'publickey-credentials-create',
    'publickey-credentials-get',
    'screen-wake-lock',
  ].map((feature) => `${feature}=(self)`),
  ...[
    'accelerometer',
    'browsing-topics',
    'encrypted-media',
    'geolocation',
    'gyroscope',
    'hid',
    'identity-credentials-get',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'otp-credentials',
    'payment',
    'picture-in-picture',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ');

const EVERYWHERE: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-resource-policy', 'same-origin'],
  // Not `no-referrer`: under it a browser sends its own forms with `Origin: null` (Fetch, section 3.2).
  ['referrer-policy', 'same-origin'],
];

const DATA_HEADERS: readonly (readonly [string, string])[] = [...EVERYWHERE, ['content-security-policy', DATA_POLICY]];

const PAGE_HEADERS: readonly (readonly [string, string])[] = [
  ...EVERYWHERE,
  ['content-security-policy', PAGE_POLICY],
  ['permissions-policy', PERMISSIONS_POLICY],
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-frame-options', 'DENY'],
];

/** Two years; only where there is HTTPS to insist on. */
const HSTS = 'max-age=63072000';

/** Puts the security headers on every answer: a page's on whatever a browser shows or runs, fewer on data. */
export const securityHeaders: MiddlewareHandler<{ Bindings: Env }> = async function securityHeaders(c, next) {
  await next();
  // A switched protocol (the terminal's socket) has no body to protect, and its headers are fixed.
  if (c.res.status === 101) return;
  const isData = (c.res.headers.get('content-type') ?? '').startsWith('application/') && c.req.path.startsWith('/api/');
  const headers = c.res.headers;
  for (const [name, value] of isData ? DATA_HEADERS : PAGE_HEADERS) headers.set(name, value);
  if (WASM_WORKER_PATH.test(c.req.path)) headers.set('content-security-policy', WASM_WORKER_POLICY);
  if (!originsOf(c.env).isLocalhost) headers.set('strict-transport-security', HSTS);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
};
