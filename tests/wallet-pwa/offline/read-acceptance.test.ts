import { beforeAll, describe, expect, it } from 'vitest';
import { createDocumentCode } from '../../../shared/protocol/codes/document-code.ts';
import { createAcceptance } from '../../../shared/protocol/offline/acceptance.ts';
import { findAccepted } from '../../../wallet-pwa/offline/find-accepted.ts';
import { readAcceptance } from '../../../wallet-pwa/offline/read-acceptance.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { readScan } from '../../../wallet-pwa/routing/read-scan.ts';
import { createTestTerminal, unwrap } from '../../support/devices.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
let wallet: OfflineWallet;
let intent: PaymentIntent;
let other: PaymentIntent;

beforeAll(async () => {
  wallet = await createOfflineWallet(NOW_MS);
  intent = await wallet.sign(unwrap(await wallet.prepare(await wallet.order(700))));
  other = await wallet.sign(unwrap(await wallet.prepare(await wallet.order(300))));
});

async function answerOf({ authorisationHash, facts }: PaymentIntent, key = wallet.programme.terminal.key) {
  const consent = { hash: authorisationHash, requestHash: facts.requestHash, amountMinor: facts.amountMinor };
  const acceptance = await createAcceptance(consent, { version: 3, issuedAtMs: NOW_MS }, NOW_MS, key);
  return { acceptance, text: createDocumentCode('acceptance', acceptance) };
}

const read = (text: string) => readAcceptance(text, intent, wallet.programme.centre.trust);

describe('the till’s answer', () => {
  it('is its signed word on this consent', async () => {
    const { acceptance, text } = await answerOf(intent);
    expect(unwrap(await read(text))).toEqual(acceptance);
  });

  it('of another till is refused', async () => {
    const stranger = await createTestTerminal();
    expect(await read((await answerOf(intent, stranger.key)).text)).toMatchObject({ code: 'signature_invalid' });
  });

  it('about another payment is refused', async () => {
    expect(await read((await answerOf(other)).text)).toMatchObject({ code: 'acceptance_mismatch' });
  });

  it('is nothing else that can be scanned', async () => {
    expect(await read('HELLO')).toMatchObject({ code: 'code_unreadable' });
    const { acceptance } = await answerOf(intent);
    expect(await read(createDocumentCode('receipt', acceptance))).toMatchObject({ code: 'code_unreadable' });
  });

  it('finds its payment wherever it is scanned', async () => {
    const { text } = await answerOf(other);
    expect(readScan(text)).toEqual({ kind: 'answer', text });
    expect(findAccepted(text, [intent, other])?.id).toBe(other.id);
    expect(findAccepted(text, [intent])).toBeUndefined();
  });
});
