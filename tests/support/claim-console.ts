import { PASSKEY_PURPOSES } from '../../shared/protocol/passkey/challenge.ts';
import type { CeremonyAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { ApiClient } from './api-client.ts';
import { challengeOf } from './enrol.ts';
import { createSoftwareAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts';

/** First run, as a person does it in the console: the setup code, a programme, and the passkey of its administrator. */
export const FIRST_PROGRAMME = {
  programme: 'test-canteen',
  programmeName: 'Test Canteen',
  currency: 'EUR',
  participantName: 'Test Canteen',
  administratorName: 'Kim',
};

/** Leaves the client signed in. Works without a browser: the console's forms need no script but for the passkey. */
export async function claimConsole(client: ApiClient, setupCode: string): Promise<SoftwareAuthenticator> {
  const { origin } = client;
  const authenticator = await createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
  const fields = { ...FIRST_PROGRAMME, setupCode };
  const options = await sendForm(client, '/centre/setup/passkey-options', fields);
  const begun = (await options.json()) as CeremonyAnswer;
  if (options.status !== 200) throw new Error(`The setup was refused: ${JSON.stringify(begun)}`);
  const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreRegistration);
  const response = JSON.stringify(await authenticator.register(challenge));
  const entered = await sendForm(client, '/centre/setup', { ...fields, ceremony: begun.ceremony, response });
  if (entered.status !== 303) throw new Error(`The console was not claimed: HTTP ${entered.status}`);
  return authenticator;
}

/** Makes an API key in the console. @returns its token, which the page shows once */
export async function createApiKey(client: ApiClient, name: string): Promise<string> {
  const made = await sendForm(client, '/centre/api-keys', { name });
  const page = await (await client.send('GET', made.headers.get('location') ?? '/centre/api-keys')).text();
  const [, token] = /class="hash secret">([A-Za-z0-9_-]{43})</.exec(page) ?? [];
  if (!token) throw new Error('The page shows no key.');
  return token;
}

export function sendForm(
  client: ApiClient,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return client.send('POST', path, {
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}
