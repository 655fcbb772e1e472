import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { WalletAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { expectDone } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import { consentOffline, createAuthoriseCall, grantAllowance, requestPayment } from '../../support/enrol.ts';
import { ledgerOf, openWallet } from '../support/test-app.ts';
import { balanceOf, enrolParties, handIn, numberOf, openDesk, outcomeOf, refusalOf } from './offline-world.ts';

const parties = enrolParties();

describe('an allowance', () => {
  it('sets half of what is available aside, and its certificate says so', async () => {
    expect(await balanceOf(parties.payer)).toMatchObject({
      balanceMinor: 5_000,
      heldMinor: 2_500,
      availableMinor: 2_500,
    });
    expect(parties.payer.wallet.allowance).toMatchObject({ limitMinor: 2_500, paymentMaxMinor: 2_500, countMax: 5 });
    const { cards } = expectDone(await parties.payer.client.post<WalletAnswer>('wallet/sync'));
    expect(cards[0]).toMatchObject({
      availableMinor: 2_500,
      reservedMinor: 2_500,
      releases: [],
      offlineTermsVersion: 1,
    });
    expect(cards[0]!.certificate).toBe(encodeBase64url(parties.payer.wallet.certificate));
    using desk = openDesk();
    expect(await desk.outstanding(numberOf(parties.payer))).toMatchObject([
      { status: 'live', limitMinor: 2_500, payments: 0 },
    ]);
  });

  it('is granted only to a phone that has rehearsed, for an account that is open and has money', async () => {
    const other = await openWallet();
    expect(await refusalOf(other)).toBe('rehearsal_missing');
    const { document, assertion } = await other.wallet.rehearse(Date.now(), 1, { tamperSignature: true });
    const bad = { document: encodeBase64url(document), assertion: encodeBase64url(assertion) };
    expect(await refusalOf(other, { rehearsal: bad })).toBe('passkey_invalid');
    const foreign = await parties.payer.wallet.rehearse(Date.now());
    const ofOther = { document: encodeBase64url(foreign.document), assertion: encodeBase64url(foreign.assertion) };
    expect(await refusalOf(other, { rehearsal: ofOther })).toBe('certificate_invalid');
    const accountNumber = numberOf(other);
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost', by: 'Ada' }));
    expect((await grantAllowance(other)).refusal).toBe('account_frozen');
    unwrap(await ledgerOf().setAccountStatus({ accountNumber, status: 'open', reason: 'found', by: 'Ada' }));
    const { request } = await requestPayment(parties.till, 4_999);
    expect(await outcomeOf(await createAuthoriseCall(other, parties.till, request))).toBe('paid');
    expect(await refusalOf(other)).toBe('allowance_unaffordable');
  });

  it('pays online as well, from what is set aside, and goes on in its chain', async () => {
    for (const amountMinor of [500, 900]) {
      const { request } = await requestPayment(parties.till, amountMinor);
      const { byWallet } = await consentOffline(parties.payer, parties.till, request);
      const first = await handIn(byWallet);
      expect(first.body.status).toBe('paid');
      expect((await handIn(byWallet)).body).toEqual(first.body);
    }
    expect(await balanceOf(parties.payer)).toMatchObject({
      balanceMinor: 3_600,
      heldMinor: 1_100,
      availableMinor: 2_500,
    });
  });
});
