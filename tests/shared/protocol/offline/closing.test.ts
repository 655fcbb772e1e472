import { beforeAll, describe, expect, it } from 'vitest';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import { type Bytes, concatBytes, createRandomBytes } from '../../../../shared/protocol/bytes.ts';
import { createDocumentCode, parseDocumentCode } from '../../../../shared/protocol/codes/document-code.ts';
import { ClosingStatement } from '../../../../shared/protocol/documents/closing-statement.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { createAcceptance, verifyAcceptance } from '../../../../shared/protocol/offline/acceptance.ts';
import { createClosing, verifyClosing } from '../../../../shared/protocol/offline/closing.ts';
import { createRehearsal, verifyRehearsal } from '../../../../shared/protocol/offline/rehearsal.ts';
import {
  createPasskeyAssertion,
  encodePasskeyAssertion,
} from '../../../../shared/protocol/passkey/passkey-assertion.ts';
import { createSigningKey } from '../../../../shared/protocol/signing-key.ts';
import type { TestTerminal } from '../../../support/devices.ts';
import { unwrap } from '../../../support/devices.ts';
import type { Misbehaviour } from '../../../support/software-authenticator.ts';
import {
  consent,
  createOfflineParties,
  createOfflineWallet,
  NOW,
  type OfflineConsent,
  type OfflineWallet,
  ORIGIN,
  RELYING_PARTY,
  requestOf,
} from './offline-parties.ts';

let terminal: TestTerminal;
let holder: OfflineWallet;
let stranger: OfflineWallet;
let given: OfflineConsent[];

beforeAll(async () => {
  const parties = await createOfflineParties();
  ({ terminal } = parties);
  [holder, stranger] = [await createOfflineWallet(parties.centre), await createOfflineWallet(parties.centre)];
  const first = await consent(holder, await requestOf(terminal, 1_000), holder.start);
  given = [first, await consent(holder, await requestOf(terminal, 500), first.head)];
});

describe('a closing statement', () => {
  const close = () =>
    createClosing(
      holder.allowance.serial,
      given[1]!.head,
      given.map(({ link }) => link.hash),
      NOW,
      holder.wallet.deviceKey,
    );

  it('names all that was given, in order', async () => {
    const { document, hash } = await close();
    expect(unwrap(await verifyClosing(document, holder.wallet.trusted))).toEqual({
      allowance: holder.allowance.serial,
      given: given.map(({ link }) => link.hash),
      cumulativeMinor: 1_500,
      counter: 2,
      head: given[1]!.link.hash,
      closedAtMs: NOW,
      hash,
    });
  });

  it('names as many as an allowance may have, and is still a document', async () => {
    const many = Array.from({ length: BOUNDS.allowanceCountMax }, () => createRandomBytes(32));
    const head = { counter: BOUNDS.allowanceCountMax, head: many.at(-1)!, cumulativeMinor: 5_000 };
    const { document } = await createClosing(holder.allowance.serial, head, many, NOW, holder.wallet.deviceKey);
    expect(document.length).toBeLessThanOrEqual(BOUNDS.documentBytesMax);
    expect(unwrap(await verifyClosing(document, holder.wallet.trusted)).given).toEqual(many);
  });

  it('counts burnt places, which gave nothing', async () => {
    const head = { counter: 5, head: createRandomBytes(32), cumulativeMinor: 0 };
    const { document } = await createClosing(holder.allowance.serial, head, [], NOW, holder.wallet.deviceKey);
    expect(unwrap(await verifyClosing(document, holder.wallet.trusted))).toMatchObject({ given: [], counter: 5 });
  });

  it('is refused of another phone, another allowance, or bent', async () => {
    const { document } = await close();
    expect(await verifyClosing(document, stranger.wallet.trusted)).toEqual({ ok: false, code: 'signature_invalid' });
    const content = { ...holder.wallet.trusted.content, serial: createRandomBytes(8) };
    const renewed = { ...holder.wallet.trusted, content };
    expect(await verifyClosing(document, renewed)).toEqual({ ok: false, code: 'certificate_invalid' });
    for (let index = 0; index < document.length; index += 1) {
      const bent = document.slice();
      bent[index]! ^= 1;
      expect((await verifyClosing(bent, holder.wallet.trusted)).ok).toBe(false);
    }
  });

  it('is refused where it names more than it has places for', async () => {
    const content = {
      allowance: holder.allowance.serial,
      given: concatBytes(...given.map(({ link }) => link.hash)),
      cumulativeMinor: 1_500,
      counter: 1,
      head: given[1]!.link.hash,
      closedAtMs: NOW,
    };
    const document = await signDocument(ClosingStatement, content, holder.wallet.deviceKey);
    expect(await verifyClosing(document, holder.wallet.trusted)).toEqual({ ok: false, code: 'document_malformed' });
  });
});

describe('a rehearsal', () => {
  async function rehearse(misbehaviour: Misbehaviour = {}): Promise<{ document: Bytes; assertion: Bytes }> {
    const { serial } = holder.wallet.trusted.content;
    const { document, hash } = await createRehearsal(serial, 1, NOW, holder.wallet.deviceKey);
    const response = await holder.wallet.authenticator.assertBytes(hash, misbehaviour);
    const small = createPasskeyAssertion(response, misbehaviour.challenge ?? hash, misbehaviour.origin ?? ORIGIN);
    return { document, assertion: encodePasskeyAssertion(unwrap(small)) };
  }

  it('shows that the passkey signs, and which terms were agreed to', async () => {
    const verified = await verifyRehearsal(await rehearse(), holder.wallet.trusted, RELYING_PARTY);
    expect(verified).toEqual({ ok: true, value: { termsVersion: 1 } });
  });

  it.each([
    ['nobody verified the person', { userVerified: false }, 'user_not_verified'],
    ['made at another origin', { origin: 'https://evil.example' }, 'passkey_invalid'],
    ['made for another relying party', { rpId: 'evil.example' }, 'passkey_invalid'],
    ['of another challenge', { challenge: new Uint8Array(32) }, 'passkey_invalid'],
    ['with a bent signature', { tamperSignature: true }, 'passkey_invalid'],
    ['by another passkey', { foreignKey: true }, 'passkey_invalid'],
  ] as const)('is refused: %s', async (_what, misbehaviour, code) => {
    const verified = await verifyRehearsal(await rehearse(misbehaviour), holder.wallet.trusted, RELYING_PARTY);
    expect(verified).toMatchObject({ ok: false, code });
  });

  it('is of one phone and certificate', async () => {
    const evidence = await rehearse();
    expect(await verifyRehearsal(evidence, stranger.wallet.trusted, RELYING_PARTY)).toMatchObject({
      code: 'signature_invalid',
    });
    const content = { ...holder.wallet.trusted.content, serial: createRandomBytes(8) };
    const renewed = { ...holder.wallet.trusted, content };
    expect(await verifyRehearsal(evidence, renewed, RELYING_PARTY)).toMatchObject({ code: 'certificate_invalid' });
    const half = { ...evidence, assertion: evidence.document };
    expect(await verifyRehearsal(half, holder.wallet.trusted, RELYING_PARTY)).toMatchObject({
      code: 'document_malformed',
    });
  });

  it('is no payment: the consent to one does not pass for it', async () => {
    const { authorisation, assertion } = given[0]!;
    const evidence = { document: authorisation, assertion };
    expect((await verifyRehearsal(evidence, holder.wallet.trusted, RELYING_PARTY)).ok).toBe(false);
  });
});

describe('an acceptance', () => {
  const known = { version: 3, issuedAtMs: NOW - 60_500 };

  async function acceptFirst(): Promise<{ document: Bytes; taken: Parameters<typeof verifyAcceptance>[2] }> {
    const { link } = given[0]!;
    const request = await requestOf(terminal, 1_000);
    const taken = { requestHash: request.hash, authorisationHash: link.hash, amountMinor: link.amountMinor };
    const consented = { hash: link.hash, requestHash: request.hash, amountMinor: link.amountMinor };
    return { document: await createAcceptance(consented, known, NOW, terminal.key), taken };
  }

  it('says what was taken, when, and by which list', async () => {
    const { document, taken } = await acceptFirst();
    expect(await verifyAcceptance(document, terminal.trusted, taken)).toEqual({
      ok: true,
      value: { ...taken, acceptedAtMs: NOW, revocationVersion: 3, revocationsAtSeconds: NOW / 1000 - 61 },
    });
  });

  it('travels as a code from screen to camera', async () => {
    const { document } = await acceptFirst();
    expect(parseDocumentCode('acceptance', createDocumentCode('acceptance', document))).toEqual({
      ok: true,
      value: document,
    });
    expect(parseDocumentCode('receipt', createDocumentCode('acceptance', document)).ok).toBe(false);
  });

  it('is of exactly one consent to one request', async () => {
    const { document, taken } = await acceptFirst();
    for (const changes of [
      { requestHash: createRandomBytes(32) },
      { authorisationHash: createRandomBytes(32) },
      { amountMinor: taken.amountMinor + 1 },
    ]) {
      const verified = await verifyAcceptance(document, terminal.trusted, { ...taken, ...changes });
      expect(verified).toEqual({ ok: false, code: 'acceptance_mismatch' });
    }
  });

  it('is the word of that terminal alone, and whole', async () => {
    const { document, taken } = await acceptFirst();
    const other = await createSigningKey(false);
    const key = (await crypto.subtle.importKey('raw', other.publicKey, 'Ed25519', true, ['verify'])) as CryptoKey;
    expect(await verifyAcceptance(document, { key }, taken)).toEqual({ ok: false, code: 'signature_invalid' });
    for (let bit = 0; bit < document.length * 8; bit += 1) {
      const bent = document.slice();
      bent[bit >> 3]! ^= 1 << (bit & 7);
      expect((await verifyAcceptance(bent, terminal.trusted, taken)).ok).toBe(false);
    }
  });
});
