import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { DEFAULT_OFFLINE_SETTINGS } from '../../../shared/protocol/wire/offline.ts';
import type { ApiAnswer, ApiClient } from '../../support/api-client.ts';
import {
  activateTill,
  createAuthoriseCall,
  createChargeCall,
  makeRequest,
  registerWallet,
  requestPayment,
} from '../../support/enrol.ts';
import { createApiKey } from '../support/administrator.ts';
import { createClient, ledgerOf, openTill } from '../support/test-app.ts';

/** The administration by a program: the same operations as the console's forms, by API key. */

let client: ApiClient;
let bearer: Record<string, string>;

beforeAll(async () => {
  client = createClient();
  bearer = { authorization: `Bearer ${await createApiKey()}` };
});

// biome-ignore lint/suspicious/noExplicitAny: every test looks at other members of the answer.
type Answer = ApiAnswer<any>;

function get(path: string): Promise<Answer> {
  return client.call('GET', `administration/${path}`, { headers: bearer });
}

function post(path: string, body: unknown): Promise<Answer> {
  const headers = { ...bearer, 'content-type': 'application/json' };
  return client.call('POST', `administration/${path}`, { body: JSON.stringify(body), headers });
}

const MERCHANT = { merchantNo: '100001000000555', name: 'Kiosk' };

describe('a shop made over the API', () => {
  it('is there once, however often it is asked for', async () => {
    const [first, second] = [await post('merchants', MERCHANT), await post('merchants', MERCHANT)];
    expect(first.body).toMatchObject({ ...MERCHANT, status: 'open', terminalCount: 0 });
    expect(second.body).toEqual(first.body);
    const other = await post('merchants', { ...MERCHANT, name: 'Other' });
    expect([other.status, other.body.code]).toEqual([409, 'already_exists']);
  });

  it('gets a till, an operator and a code, and sells', async () => {
    const { merchantNo } = MERCHANT;
    const terminal = await post('terminals', { merchantNo, terminalId: 'KKSK2345' });
    expect(terminal.body).toMatchObject({ terminalId: 'KKSK2345', merchantNo, shopName: 'Kiosk', status: 'open' });
    const operator = await post('operators', { merchantNo, operatorNo: '01', name: 'Kim' });
    expect(operator.body).toMatchObject({ operator: { operatorNo: '01', hasPasskey: false } });
    const code = await post('terminals/activation-codes', { terminalId: 'KKSK2345', operatorNo: '01' });
    expect(code.body.link).toBe(`${client.origin}/pos/#activate=${code.body.code}`);

    const till = await activateTill(createClient(), code.body.code);
    const wallet = await registerWallet(createClient());
    const { request } = await requestPayment(till, 450);
    await wallet.client.post('authorisations', await createAuthoriseCall(wallet, till, request));
    const { rows } = (await get(`payments?merchantNo=${merchantNo}`)).body;
    expect(rows).toMatchObject([{ status: 'paid', amountMinor: 450, shopName: 'Kiosk' }]);
    const payment = (await get(`payments/${rows[0].traceKey}`)).body;
    expect(payment).toMatchObject({ operatorNo: '01', batchNo: '000001', voucherNo: '000001', transType: 'sale' });
    expect(payment.evidence).toHaveLength(5);
    const { takings } = (await get(`takings?fromMs=0&toMs=${Date.now() + 3_600_000}`)).body;
    expect(takings).toMatchObject([{ takingsMinor: 450, payments: 1 }]);
  });

  it('is closed with all it has', async () => {
    const { merchantNo } = MERCHANT;
    expect((await post('terminals/status', { terminalId: 'KKSK2345', status: 'closed' })).body.status).toBe('closed');
    expect((await post('operators/status', { merchantNo, operatorNo: '01', status: 'closed' })).body.status).toBe(
      'closed',
    );
    expect((await post('merchants/status', { merchantNo, status: 'closed' })).body.status).toBe('closed');
    const unknown = await post('merchants/status', { merchantNo: '999999999999999', status: 'closed' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    expect((await get(`terminals?merchantNo=${merchantNo}`)).body.terminals).toHaveLength(1);
    expect((await get(`operators?merchantNo=${merchantNo}`)).body.operators).toHaveLength(1);
    expect((await get('merchants')).body.merchants).toHaveLength(2);
  });
});

describe('an account over the API', () => {
  let accountNumber: AccountNumber;

  it('is opened with a claim code', async () => {
    const { body } = await post('accounts', { label: 'Guest' });
    accountNumber = body.card.accountNumber;
    expect(body.claim.link).toBe(`${client.origin}/wallet/#claim=${body.claim.code}`);
    expect((await post('accounts/claim-codes', { accountNumber })).body.code).not.toBe(body.claim.code);
    expect((await get(`accounts?search=${accountNumber}`)).body.accounts).toMatchObject([{ label: 'Guest' }]);
  });

  it('is topped up once by the same reference', async () => {
    const call = { accountNumber, amountMinor: 500, reference: 'desk-0000001' };
    const [first, second] = [await post('accounts/top-ups', call), await post('accounts/top-ups', call)];
    expect(first.body).toMatchObject({ amountMinor: 500 });
    expect(second.body).toEqual(first.body);
    const other = await post('accounts/top-ups', { ...call, amountMinor: 501 });
    expect([other.status, other.body.code]).toEqual([409, 'already_exists']);
    expect((await get(`accounts/${accountNumber}`)).body).toMatchObject({ balanceMinor: 500, kind: 'customer' });
    expect((await get(`accounts/${accountNumber}/movements`)).body.movements).toMatchObject([{ amountMinor: 500 }]);
  });

  it('tops up no account of the programme itself or of a shop', async () => {
    for (const kind of ['issuance', 'guarantee', 'merchant'] as const) {
      const [account] = await ledgerOf().listAccounts({ kind, limit: 1 });
      const call = { accountNumber: account?.accountNumber, amountMinor: 500, reference: `desk-${kind}` };
      expect((await post('accounts/top-ups', call)).body.code).toBe('account_unknown');
      const freeze = { accountNumber: account?.accountNumber, status: 'frozen', reason: 'Because' };
      expect((await post('accounts/status', freeze)).body.code).toBe('account_unknown');
    }
  });

  it('is frozen with the reason, by the key’s name', async () => {
    const { body } = await post('accounts/status', { accountNumber, status: 'frozen', reason: 'Lost' });
    expect(body).toMatchObject({
      status: 'frozen',
      statusChanges: [{ status: 'frozen', reason: 'Lost', by: 'tests' }],
    });
    expect((await post('accounts/status', { accountNumber, status: 'open' })).status).toBe(400);
  });
});

describe('the programme over the API', () => {
  it('says whether its books balance', async () => {
    expect((await get('trial-balance')).body).toMatchObject({ faults: [] });
  });

  it('rotates its key once for the same call', async () => {
    const { centreKeys } = (await get('centre-keys')).body;
    const call = { generation: centreKeys[0].generation };
    for (let time = 0; time < 2; time += 1)
      expect((await post('centre-keys/rotation', call)).body).toEqual({ generation: call.generation + 1 });
    expect((await post('centre-keys/rotation', { generation: 99 })).body.code).toBe('already_exists');
  });

  it('changes its rules', async () => {
    const settings = { ...(await get('settings')).body, requestValidSeconds: 45 };
    expect((await post('settings', settings)).body).toEqual(settings);
    expect((await get('settings')).body.requestValidSeconds).toBe(45);
    expect((await post('settings', { ...settings, timeZone: 'Nowhere' })).body.code).toBe('malformed');
  });

  it('changes how pay codes are shown and judged, and leaves them as they are where nothing is said', async () => {
    const { payCode: before, ...rest } = (await get('settings')).body;
    const payCode = { ...before, mode: 'cross-check', stepUpMinor: 1_000 };
    expect((await post('settings', { ...rest, payCode })).body.payCode).toEqual(payCode);
    expect((await post('settings', rest)).body.payCode).toEqual(payCode);
    const unreadable = { ...payCode, rhythmMs: 2_000, windowMs: 3_999 };
    expect((await post('settings', { ...rest, payCode: unreadable })).body.code).toBe('malformed');
    expect((await post('settings', { ...rest, payCode: before })).body.payCode).toEqual(before);
  });

  it('changes what may be paid with no network, and leaves it as it is where nothing is said', async () => {
    const { offline: before, ...rest } = (await get('settings')).body;
    expect(before).toEqual(DEFAULT_OFFLINE_SETTINGS);
    const offline = { ...before, isOn: false, limitMinor: 3_000, tillAgeSeconds: 86_400 };
    expect((await post('settings', { ...rest, offline })).body.offline).toEqual(offline);
    expect((await post('settings', rest)).body.offline).toEqual(offline);
    expect((await createClient().get('programme')).body).toMatchObject({ offline });
    for (const [name, wrong] of [
      ['paymentMaxMinor', 3_001],
      ['tillPerAllowanceMinor', 50_001],
      ['tillAgeSeconds', before.claimSeconds + 1],
      ['countMax', 0],
    ] as const) {
      expect((await post('settings', { ...rest, offline: { ...offline, [name]: wrong } })).body.code).toBe('malformed');
    }
    expect((await post('settings', { ...rest, offline: before })).body.offline).toEqual(before);
  });

  it('lists the cards that are tried too often, and marks them as seen', async () => {
    expect((await get('accounts/flags')).body).toEqual({ flags: [] });
    const { client, answer, wallet } = await registerWallet(createClient());
    const till = await openTill();
    for (let count = 0; count < 5; count += 1) {
      const payCode = await wallet.createPayCode(100, Date.now());
      const code = await wallet.show(payCode, Date.now() - 300);
      await client.post('pay-code-charges', await createChargeCall(till, await makeRequest(till, 200), code));
    }
    const [flag] = (await get('accounts/flags')).body.flags;
    const { accountNumber } = answer.cards[0]!;
    const reasons = [{ code: 'pay_code_cap_exceeded', count: 5 }];
    expect(flag).toMatchObject({ accountNumber, tries: 5, reasons });
    const { lastSequence } = flag;
    expect((await post('accounts/flags/seen', { accountNumber, lastSequence })).status).toBe(204);
    expect((await get('accounts/flags')).body).toEqual({ flags: [] });
    expect((await post('accounts/flags/seen', { accountNumber, lastSequence: 1.5 })).body.code).toBe('malformed');
  });

  it('asks which participant is meant once there are several', async () => {
    expect((await post('participants', { code: '100002', name: 'Second' })).body).toEqual({
      code: '100002',
      name: 'Second',
    });
    const unnamed = await get('merchants');
    expect([unnamed.status, unnamed.body.code, unnamed.body.detail]).toEqual([
      400,
      'malformed',
      'Name one of the participants.',
    ]);
    expect((await get('merchants?participant=100002')).body.merchants).toEqual([]);
    expect((await get('merchants?participant=100003')).body.code).toBe('not_found');
  });

  it('has nothing for strangers, and makes no keys or administrators', async () => {
    expect((await createClient().get('administration/merchants')).status).toBe(401);
    const wrong = { headers: { authorization: `Bearer ${'A'.repeat(43)}` } };
    expect((await createClient().call('GET', 'administration/merchants', wrong)).status).toBe(401);
    for (const path of ['api-keys', 'administrators', 'invitations']) expect((await post(path, {})).status).toBe(404);
  });
});
