import { beforeAll, describe, expect, it } from 'vitest';
import { createRandomBytes, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { WalletAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { verifyWalletAnswer } from '../../../wallet-pwa/account/verify-wallet-answer.ts';
import { createTestWallet } from '../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const accountToken = createRandomBytes(16);
let centre: TestCentre;
let wallet: Awaited<ReturnType<typeof createTestWallet>>;
let answer: WalletAnswer;

async function createAnswer(by: TestCentre, changes: Parameters<TestCentre['certifyWallet']>[1] = {}) {
  const keys = {
    accountToken,
    devicePublicKey: wallet.deviceKey.publicKey,
    passkeyPublicKey: wallet.authenticator.publicKey,
  };
  const certificate = encodeBase64url(await by.certifyWallet(keys, changes));
  return {
    programme: {
      programme: by.programme,
      name: 'Canteen',
      currency: { code: 'EUR', exponent: 2 },
      demo: false,
      centreTimeMs: NOW_MS,
      centreKeys: by.announcements.map(encodeBase64url),
      walletOrigin: 'https://pay.example.org',
      posOrigin: 'https://pay.example.org',
      rpId: 'pay.example.org',
      amountMinorMax: 100_000,
      requestValidSeconds: 120,
    },
    customerName: 'Alex',
    credentialId: 'credential',
    cards: [
      {
        accountNumber: '1000010000000015',
        accountToken: encodeBase64url(accountToken),
        label: 'Lunch',
        status: 'open',
        availableMinor: 5_000,
        certificate,
        reservedMinor: 0,
        releases: [],
      },
    ],
    contentKeys: [{ day: 20_000, key: encodeBase64url(createRandomBytes(32)) }],
  } as unknown as WalletAnswer;
}

beforeAll(async () => {
  centre = await createTestCentre({ nowMs: NOW_MS });
  wallet = await createTestWallet('https://pay.example.org');
  answer = await createAnswer(centre);
});

const expected = () => ({ devicePublicKey: wallet.deviceKey.publicKey, pinnedCentreKey: centre.key.publicKey });

describe('an answer about this wallet', () => {
  it('is taken with its cards, and pins the newest centre key', async () => {
    const verified = await verifyWalletAnswer(answer, { devicePublicKey: wallet.deviceKey.publicKey });
    expect(verified.ok && verified.value.account.pinnedCentreKey).toEqual(centre.key.publicKey);
    expect(verified.ok && verified.value.cards).toMatchObject([
      { accountNumber: '1000010000000015', label: 'Lunch', availableMinor: 5_000, position: 0 },
    ]);
    expect(verified.ok && verified.value.contentKeys.map(({ day }) => day)).toEqual([20_000]);
  });

  it('of a centre that does not know the pinned key is refused', async () => {
    const other = await createTestCentre({ nowMs: NOW_MS });
    expect(await verifyWalletAnswer(await createAnswer(other), expected())).toMatchObject({
      code: 'certificate_invalid',
    });
  });

  it('with a certificate for another phone is refused', async () => {
    const { publicKey } = await createSigningKey(false);
    expect(await verifyWalletAnswer(answer, { ...expected(), devicePublicKey: publicKey })).toMatchObject({
      code: 'certificate_invalid',
    });
  });

  it('with another card’s certificate is refused', async () => {
    const [card] = answer.cards;
    const swapped = { ...answer, cards: [{ ...card!, accountToken: encodeBase64url(createRandomBytes(16)) }] };
    expect(await verifyWalletAnswer(swapped, expected())).toMatchObject({ code: 'certificate_invalid' });
  });

  it('with a card in other money is refused', async () => {
    const dear = await createAnswer(centre, { currency: 'CHF' as never });
    expect(await verifyWalletAnswer(dear, expected())).toMatchObject({ code: 'currency_mismatch' });
  });

  it('without centre keys is refused', async () => {
    const bare = { ...answer, programme: { ...answer.programme, centreKeys: [] } };
    expect(await verifyWalletAnswer(bare, expected())).toMatchObject({ code: 'document_malformed' });
  });

  it('keeps the secret of a card as a key that cannot be read out', async () => {
    const [card] = answer.cards;
    const secret = encodeBase64url(createRandomBytes(32));
    const verified = await verifyWalletAnswer({ ...answer, cards: [{ ...card!, secret }] }, expected());
    const key = verified.ok ? verified.value.cards[0]?.accountSecret : undefined;
    expect(key).toMatchObject({ type: 'secret', extractable: false, usages: ['sign'] });
  });

  it('takes no secret of another length', async () => {
    const [card] = answer.cards;
    const secret = encodeBase64url(createRandomBytes(16));
    const verified = await verifyWalletAnswer({ ...answer, cards: [{ ...card!, secret }] }, expected());
    expect(verified).toMatchObject({ ok: false, code: 'document_malformed' });
  });
});
