import { beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { ApiClient } from '../../support/api-client.ts';
import { createAuthoriseCall, enrolOperator, requestPayment } from '../../support/enrol.ts';
import { createApiKey, createConsoleAuthenticator } from '../support/administrator.ts';
import { type ApiCall, listApiCalls } from '../support/openapi-calls.ts';
import { createClient, openTill, openWallet } from '../support/test-app.ts';

/** Who may get past the door of which call: every caller against every call of the OpenAPI document. */

/** Signing out comes last: it ends what the others are made with. */
const calls = (await listApiCalls()).sort(
  (left, right) => Number(left.path.endsWith('/sign-out')) - Number(right.path.endsWith('/sign-out')),
);
const ROLES = ['stranger', 'till', 'wallet', 'administrator'] as const;
type Role = (typeof ROLES)[number];

const MAY: Record<string, readonly Role[]> = {
  till: ['till'],
  wallet: ['wallet'],
  console: ['administrator'],
};
/** One browser may be asked as either of two. */
const EXCEPTIONS: Record<string, readonly Role[]> = { 'GET /payments/{traceKey}': ['till', 'wallet'] };

const clients = {} as Record<Role, ApiClient>;
let apiKey: string;

beforeAll(async () => {
  apiKey = await createApiKey();
  clients.stranger = createClient();
  clients.administrator = createClient();
  clients.till = (await openTill()).client;
  clients.wallet = (await openWallet()).client;
});

describe('every call', () => {
  it.each(ROLES.flatMap((role) => calls.filter(({ session }) => session).map((call) => ({ role, ...call }))))(
    'lets a $role in only where it belongs: $method $path',
    async ({ role, ...call }) => {
      const allowed = EXCEPTIONS[`${call.method} ${call.path}`] ?? MAY[call.session!]!;
      const { status, code } = await send(role, call);
      if (allowed.includes(role)) expect(status).not.toBe(401);
      else expect([status, code]).toEqual([401, 'not_signed_in']);
    },
  );

  it('says by what its caller is known, unless it proves itself or is for everyone', () => {
    const open = calls.filter(({ session }) => !session).map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual(FOR_EVERYONE);
  });

  it('takes no session of another kind, nor one that was made up', async () => {
    const forger = createClient();
    const value = `100001.${'A'.repeat(43)}`;
    for (const name of ['tandem_pos', 'tandem_wallet', 'tandem_centre']) forger.cookies.set(name, value);
    expect((await forger.post('terminals/sync')).status).toBe(401);
    expect((await forger.post('wallet/sync')).status).toBe(401);
    const swapped = createClient();
    swapped.cookies.set('tandem_wallet', clients.till.cookies.get('tandem_pos')!);
    swapped.cookies.set('tandem_pos', clients.wallet.cookies.get('tandem_wallet')!);
    expect((await swapped.post('terminals/sync')).status).toBe(401);
    expect((await swapped.post('wallet/sync')).status).toBe(401);
  });

  it('makes no object for a participant that a cookie names', async () => {
    const { env } = await import('cloudflare:workers');
    const { listDurableObjectIds } = await import('cloudflare:test');
    const before = (await listDurableObjectIds(env.LEDGER)).length;
    const forger = createClient();
    for (let code = 200_000; code < 200_020; code += 1) {
      forger.cookies.set('tandem_pos', `${code}.${'A'.repeat(43)}`);
      await forger.post('terminals/sync');
    }
    expect(await listDurableObjectIds(env.LEDGER)).toHaveLength(before);
  });
});

describe('what belongs to somebody', () => {
  it('is found by its parties alone; to anyone else there is nothing', async () => {
    const [till, otherTill, wallet, otherWallet] = [
      await openTill(),
      await openTill(),
      await openWallet(),
      await openWallet(),
    ];
    const { request } = await requestPayment(till, 100);
    const paid = await wallet.client.post<PaymentAnswer>(
      'authorisations',
      await createAuthoriseCall(wallet, till, request),
    );
    const path = `payments/${paid.body.traceKey}`;
    expect((await till.client.get(path)).status).toBe(200);
    expect((await wallet.client.get(path)).status).toBe(200);
    for (const { client } of [otherTill, otherWallet]) {
      const { status, body } = await client.get(path);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    expect((await createClient().get(path)).status).toBe(401);
    const unpaid = await requestPayment(till, 100);
    expect((await wallet.client.get(`payments/${unpaid.answer.body.traceKey}`)).status).toBe(404);
    const listed = await otherTill.client.get<{ payments: object[] }>('terminals/payments');
    expect(listed.body.payments).toEqual([]);
    const movements = await otherWallet.client.get<{ movements: { kind: string }[] }>('wallet/movements');
    expect(movements.body.movements.map(({ kind }) => kind)).toEqual(['top-up']);
  });

  it('a cashier of one shop signs in at no till of another', async () => {
    const till = await openTill();
    await enrolOperator(till.client, await createConsoleAuthenticator(), { operatorNo: '01' });
    const { registryOf } = await import('../support/test-app.ts');
    const { unwrap } = await import('../../support/devices.ts');
    const { activateTill } = await import('../../support/enrol.ts');
    const { shops } = registryOf();
    const { merchantNo } = unwrap(await shops.createMerchant({ name: 'Other Shop' }));
    const { terminalId } = unwrap(await shops.createTerminal({ merchantNo }));
    const { code } = unwrap(await shops.createActivationCode(terminalId));
    const other = await activateTill(createClient(), code);
    expect(other.answer.operators).toEqual([]);
    const refused = await other.client.post('terminals/operators/sign-in-options', { operatorNo: '01' });
    expect(refused.body.code).toBe('operator_unknown');
    // Nor does a request of that shop name a cashier it does not have.
    expect((await requestPayment(other, 100)).answer.body.code).toBe('operator_unknown');
  });
});

async function send(role: Role, { method, path }: ApiCall): Promise<{ status: number; code: string | undefined }> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (role === 'administrator') headers.authorization = `Bearer ${apiKey}`;
  const place = path
    .replace('{traceKey}', 'AAAAAAAA-000001-000001')
    .replace('{hash}', 'A'.repeat(43))
    .replaceAll(/\{[^}]+\}/g, 'x');
  // A call that leaves out what it must say gets past the door, and no further.
  const init = method === 'GET' ? { headers } : { headers, body: JSON.stringify(bodyOf(path)) };
  const response = await clients[role].send(method, `/api/v1${place}`, init);
  const body = (await response.json().catch(() => ({}))) as { code?: string };
  return { status: response.status, code: body.code };
}

/** Enough to be let in by the schema where the session is asked for after it. */
function bodyOf(path: string): object {
  const ceremony = {
    ceremony: '100001.AAAAAAAAAAAAAAAAAAAAAA',
    response: { id: 'x', rawId: 'x', type: 'public-key', response: {} },
  };
  if (/operators\/(registration|sign-in)$/.test(path)) return ceremony;
  if (/operators\/(registration|sign-in)-options$/.test(path)) return { operatorNo: '01' };
  if (path.endsWith('/cards/claim')) return { claimCode: 'AAAABBBBCCCC' };
  if (path.endsWith('/cancel')) return { content: 'AAAA' };
  if (path.endsWith('/wallet/cards')) return { label: 'Card' };
  if (path.endsWith('/wallet/allowance')) return { accountToken: 'AAAA', isWanted: true };
  if (path.endsWith('/offline-terms')) return { termsVersion: 1, hasAgreed: true };
  return {};
}

const FOR_EVERYONE = [
  'GET /demo',
  'GET /health',
  'GET /keys',
  'GET /problems',
  'GET /problems/{code}',
  'GET /programme',
  'GET /revocations',
  'GET /time',
  'POST /authorisations',
  'POST /pay-code-charges',
  'POST /requests',
  'POST /requests/cancel',
  'POST /terminals/activate',
  'POST /terminals/session',
  'POST /wallet/registration',
  'POST /wallet/registration-options',
  'POST /wallet/sign-in',
  'POST /wallet/sign-in-options',
];
