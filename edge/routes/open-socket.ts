import { SOCKET_TAGS_HEADER } from '../ledger/devices/device-sockets.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SocketTag } from '../registry/socket-tags.ts';
import { isOwnOrigin } from '../security/check-origin.ts';
import { originsOf } from '../security/origins.ts';
import { createProblem } from '../security/problem.ts';
import type { ApiContext } from './api-context.ts';

/**
 * Opens a socket for a device whose session was checked. The object takes the tags from here alone: no client's header
 * reaches it. Refuses `origin_refused`; `malformed` for a call that is no upgrade.
 * @param tags the device's own first
 */
export async function openSocket(
  c: ApiContext,
  ledger: DurableObjectStub<Ledger>,
  tags: readonly SocketTag[],
): Promise<Response> {
  // Other sites' pages may open sockets to anywhere, cookies and all; only the header tells them apart.
  if (!isOwnOrigin(c.req.raw.headers, originsOf(c.env).all)) return createProblem('origin_refused');
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
    return createProblem('malformed', { detail: 'Upgrade to a WebSocket.' });
  const headers = { upgrade: 'websocket', [SOCKET_TAGS_HEADER]: tags.join(' ') };
  return ledger.fetch('http://ledger/socket', { headers });
}
