import { describe, expect, it } from 'vitest';
import { decodeAuthorisationPayload } from '../../../shared/protocol/codes/authorisation-payload.ts';
import { joinTwinCode } from '../../../shared/protocol/codes/join-twin-code.ts';
import { makeConsentShowing, showableUntilMs } from '../../../wallet-pwa/payment/consent-showing.ts';
import { unwrap } from '../../support/devices.ts';
import { STATES, sampleIntent } from './sample-intent.ts';

const NOW_MS = 50_000;
const signed = sampleIntent(STATES.signed);

describe('a consent that is shown to the till', () => {
  it('is the stored one, in both codes together', async () => {
    const { a, b } = await makeConsentShowing(signed, 250, NOW_MS);
    const captures = [a, b].map((text) => ({ text, capturedAtMs: NOW_MS + 300 })) as never;
    const joined = unwrap(
      await joinTwinCode(captures, { windowMs: 3_000, toleranceMs: 10_000 }, async () => undefined),
    );
    const { authorisation, walletCertificate } = signed.documents;
    expect(unwrap(decodeAuthorisationPayload(joined.payload))).toEqual({
      authorisation,
      assertion: STATES.signed.assertion,
      walletCertificate,
    });
  });

  it('is the same consent in codes that are new each time', async () => {
    const first = await makeConsentShowing(signed, 250, NOW_MS);
    const second = await makeConsentShowing(signed, 250, NOW_MS);
    expect(first.a).not.toBe(second.a);
    expect(first.b).not.toBe(second.b);
  });

  it('has been signed', async () => {
    expect(() => makeConsentShowing(sampleIntent(STATES.prepared), 250, NOW_MS)).toThrow('signed');
  });

  it('is of use until the request or the consent is over', () => {
    expect(showableUntilMs(signed)).toBe(120_000);
    expect(showableUntilMs({ ...signed, authorisedAtMs: -30_000 })).toBe(90_000);
  });
});
