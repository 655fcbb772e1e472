import type { Till } from '../till/till.ts';
import { CentreClient } from './centre-client.ts';

/** @param till whose session and key it uses, as they are at the time */
export function createCentreClient(till: Till): CentreClient {
  return new CentreClient({
    publicApi: till.publicApi,
    api: till.api,
    nowMs: () => till.clock.nowMs(),
    key: () => till.terminal?.key,
  });
}
