import { ApiClient } from '../../support/api-client.ts';
import { FAULTS, type Fault, type FaultyNetwork } from './faulty-network.ts';

/** Two calls of three come to grief. */
const GRIEF = 2 / 3;

export function drawFault(): Fault | 'none' {
  return Math.random() < GRIEF ? FAULTS[Math.floor(Math.random() * FAULTS.length)]! : 'none';
}

/** A device behind that network: its own origin is still the centre's. @param cookies of the session it already has */
export function deviceBehind(network: FaultyNetwork, origin: string, cookies?: ReadonlyMap<string, string>): ApiClient {
  const device = new ApiClient(async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const body = method === 'GET' ? undefined : await request.text();
    return fetch(network.origin + pathname + search, { method, headers, signal, ...(body !== undefined && { body }) });
  }, origin);
  for (const [name, value] of cookies ?? []) device.cookies.set(name, value);
  return device;
}
