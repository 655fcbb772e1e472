import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import { type ApiClient, expectDone } from '../../support/api-client.ts';
import { TestWallet } from '../../support/devices.ts';
import { signInWallet } from '../../support/enrol.ts';
import { createClient, openWallet, origin } from '../support/test-app.ts';

/** As often as it takes: tries are limited for each passkey. */
async function signIn(wallet: TestWallet): Promise<ApiClient> {
  await runInDurableObject(env.LEDGER.getByName('100001'), (_ledger, { storage }) => {
    storage.sql.exec('DELETE FROM rate_limits');
  });
  const client = createClient();
  expectDone(await signInWallet(client, wallet));
  return client;
}

it('a customer’s phones are ten at most, also when those that gave way come back', async () => {
  const first = await openWallet();
  const phones: ApiClient[] = [];
  for (let count = 0; count < 10; count += 1)
    phones.push(await signIn(new TestWallet(await createSigningKey(false), first.wallet.authenticator, origin)));
  expect((await first.client.post('wallet/sync')).status).toBe(401);

  const back = await signIn(first.wallet);
  const signedIn = await Promise.all(
    [back, ...phones].map(async (client) => (await client.post('wallet/sync')).status),
  );
  expect(signedIn).toEqual([200, 401, ...Array.from({ length: 9 }, () => 200)]);
});
