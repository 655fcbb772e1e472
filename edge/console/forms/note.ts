import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import {
  type Bytes,
  decodeBase64url,
  decodeUtf8,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
} from '../../../shared/protocol/bytes.ts';
import { deriveSealingKey, openSecret, sealSecret } from '../../clearing/seal-secret.ts';
import type { Env } from '../../env.ts';
import { originsOf } from '../../security/origins.ts';
import type { ConsoleContext } from '../console-context.ts';

/**
 * What a form says on the page it leads to, carried over the redirect in a sealed cookie that only that page gets: a
 * sentence, or a one-time code, which the centre keeps only as its hash and could not show again.
 */
export interface Note {
  readonly said?: string;
  readonly code?: string;
  readonly expiresAtMs?: number;
  /** Whom or what the code is for. */
  readonly subject?: string;
}

const COOKIE = 'tandem_note';
/** Long enough to print a slip, or to load it again after a wrong press. */
const VALID_SECONDS = 300;

/** Leads on to `place` (Post/Redirect/Get: loading that page again sends nothing twice). */
export async function goTo(c: ConsoleContext, place: string, note: Note): Promise<Response> {
  const [path = '', fragment = 'content'] = place.split('#');
  const sealed = await sealSecret(encodeUtf8(JSON.stringify(note)), labelOf(c, path), await sealingKey(c.env));
  setCookie(c, COOKIE, encodeBase64url(sealed), {
    path,
    httpOnly: true,
    sameSite: 'Strict',
    secure: !originsOf(c.env).isLocalhost,
    maxAge: VALID_SECONDS,
  });
  // Without one of its own the browser would keep the fragment of the form's address, and show the wrong place.
  return c.redirect(`${path}#${fragment}`, 303);
}

/** The note for this page, once. One with a code stays for the few minutes in which the page may be loaded again. */
export async function takeNote(c: ConsoleContext, { isKept = false } = {}): Promise<Note> {
  const path = new URL(c.req.url).pathname;
  const sealed = decodeBase64url(getCookie(c, COOKIE) ?? '');
  if (!sealed || sealed.length === 0) return {};
  const note = await openNote(sealed, labelOf(c, path), await sealingKey(c.env));
  if (!isKept || !note.code) deleteCookie(c, COOKIE, { path, secure: !originsOf(c.env).isLocalhost });
  return note;
}

/** Of this session and this page alone: a note planted or carried elsewhere does not open. */
function labelOf(c: ConsoleContext, path: string): string {
  return `console note ${encodeHex(c.get('sessionHash'))} ${path}`;
}

async function openNote(sealed: Bytes, label: string, key: CryptoKey): Promise<Note> {
  try {
    return JSON.parse(decodeUtf8(await openSecret(sealed, label, key)) ?? '{}') as Note;
  } catch {
    return {};
  }
}

const keys = new Map<string, CryptoKey>();

async function sealingKey({ KEY_SECRET }: Env): Promise<CryptoKey> {
  let key = keys.get(KEY_SECRET);
  if (!key) {
    key = await deriveSealingKey(KEY_SECRET);
    keys.set(KEY_SECRET, key);
  }
  return key;
}
