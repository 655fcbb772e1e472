import { beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import type { TerminalAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { type EnrolledWallet, renewAllowance } from '../../support/enrol.ts';
import { createClient, openTill, openWallet } from '../support/test-app.ts';

let payer: EnrolledWallet;

beforeEach(async () => {
  payer = await openWallet();
});

async function rehearse(termsVersion = TERMS_VERSION) {
  const { document, assertion } = await payer.wallet.rehearse(Date.now(), termsVersion);
  const rehearsal = { document: encodeBase64url(document), assertion: encodeBase64url(assertion) };
  return (await renewAllowance(payer, { rehearsal })).body;
}

describe('the terms', () => {
  it('are agreed to in the edition in force, and not beforehand in another', async () => {
    expect((await rehearse(TERMS_VERSION + 1)).code).toBe('terms_mismatch');
    expect((await renewAllowance(payer)).body.refusal).toBe('rehearsal_missing');
    expect((await rehearse()).card.offlineTermsVersion).toBe(TERMS_VERSION);
  });

  it('are agreed to by a shop at a till, in the edition in force as well; and that is taken back', async () => {
    const { client, answer } = await openTill();
    expect(answer.offlineTermsVersion).toBeUndefined();
    const say = async (termsVersion: number, hasAgreed: boolean, by = client) =>
      (await by.post<TerminalAnswer>('terminals/offline-terms', { termsVersion, hasAgreed })).body;
    expect((await say(TERMS_VERSION + 1, true)).code).toBe('terms_mismatch');
    expect((await say(TERMS_VERSION, true)).offlineTermsVersion).toBe(TERMS_VERSION);
    expect((await client.post<TerminalAnswer>('terminals/sync')).body.offlineTermsVersion).toBe(TERMS_VERSION);
    expect((await say(TERMS_VERSION + 1, false)).offlineTermsVersion).toBeUndefined();
    expect((await say(TERMS_VERSION, true, createClient())).code).toBe('not_signed_in');
  });
});

describe('rehearsals', () => {
  it('are as many for a customer as a phone needs whose answers get lost, and no more', async () => {
    for (let tries = 0; tries < 10; tries += 1) expect((await rehearse()).code).toBeUndefined();
    expect((await rehearse()).code).toBe('rate_limited');
    // What is no rehearsal is asked on.
    expect((await renewAllowance(payer)).status).toBe(200);
  });
});
