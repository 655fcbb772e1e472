import type { Env } from '../env.ts';

/** Longest text form of an IPv6 address, with room for a zone. */
const ADDRESS_CHARS_MAX = 64;
const UNKNOWN = 'unknown';

/**
 * Who to count tries by. Only what a caller cannot set itself is believed: the socket's own address on plain workerd (which
 * puts `clientIp` into `cf`); the last address in `X-Forwarded-For` where the operator said that a proxy of theirs writes it;
 * Cloudflare's header where the request came through Cloudflare. Otherwise all callers count as one.
 */
export function clientAddress(request: Request, env: Env): string {
  const address = believedAddress(request, env);
  return address ? networkOf(address.slice(0, ADDRESS_CHARS_MAX)) : UNKNOWN;
}

function believedAddress(request: Request, env: Env): string | null | undefined {
  if (env.TRUST_PROXY === '1') return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  const socketAddress = (request.cf as { clientIp?: unknown } | undefined)?.clientIp;
  if (typeof socketAddress === 'string') return socketAddress.replace(/:[0-9]+$/, '').replace(/^\[(.*)\]$/, '$1');
  return request.cf ? request.headers.get('cf-connecting-ip') : undefined;
}

/** One household or shop gets a whole /64 of IPv6: counting single addresses would count nothing. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) {
    const tailGroups = tail.split(':').filter(Boolean);
    while (groups.length + tailGroups.length < 8) groups.push('0');
    groups.push(...tailGroups);
  }
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
