import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import type { Env } from '../env.ts';
import { originsOf } from './origins.ts';
import { hashSecret, isToken } from './secrets.ts';

/** Each app and the console has a session of its own; signing in to one says nothing to the others. */
const SESSION_COOKIES = { pos: 'tandem_pos', wallet: 'tandem_wallet', centre: 'tandem_centre' } as const;
export type SessionKind = keyof typeof SESSION_COOKIES;

export interface SessionReference {
  /** Whose object holds the session: it comes from the session itself, never from the rest of a call. */
  readonly participant: ParticipantCode;
  readonly tokenHash: Bytes;
}

/** @param value `<participantCode>.<token>` for the apps, the bare token for the console */
export function setSessionCookie<E extends { Bindings: Env }>(
  c: Context<E>,
  kind: SessionKind,
  value: string,
  maxAgeSeconds: number,
): void {
  const { isLocalhost } = originsOf(c.env);
  setCookie(c, cookieName(kind, isLocalhost), value, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: !isLocalhost,
    maxAge: maxAgeSeconds,
  });
}

export function clearSessionCookie<E extends { Bindings: Env }>(c: Context<E>, kind: SessionKind): void {
  setSessionCookie(c, kind, '', 0);
}

/** The session that an app's call names, if it names one in its form. Whether it exists and holds is asked of the object. */
export async function readSession<E extends { Bindings: Env }>(
  c: Context<E>,
  kind: 'pos' | 'wallet',
): Promise<SessionReference | undefined> {
  const value = readSessionCookie(c, kind);
  const [participant, token, ...rest] = (value ?? '').split('.');
  if (!participant || !token || rest.length > 0 || !/^[0-9]{6}$/.test(participant) || !isToken(token)) return undefined;
  return { participant: participant as ParticipantCode, tokenHash: await hashSecret(token) };
}

export function readSessionCookie<E extends { Bindings: Env }>(c: Context<E>, kind: SessionKind): string | undefined {
  return getCookie(c, cookieName(kind, originsOf(c.env).isLocalhost));
}

/** `__Host-`: the browser takes it only from this very host, over HTTPS, for all paths; no sibling host can plant one. */
function cookieName(kind: SessionKind, isLocalhost: boolean): string {
  return isLocalhost ? SESSION_COOKIES[kind] : `__Host-${SESSION_COOKIES[kind]}`;
}
