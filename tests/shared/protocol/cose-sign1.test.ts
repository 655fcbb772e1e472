import { describe, expect, it } from 'vitest';
import { decodeHex, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import { encodeCbor } from '../../../shared/protocol/cbor.ts';
import { decodeCose, signCose, verifyCose } from '../../../shared/protocol/cose-sign1.ts';
import { createSigningKey, importVerifyingKey } from '../../../shared/protocol/signing-key.ts';

/** cose-wg examples, eddsa-sig-01: Ed25519, COSE_Sign1, empty external data. */
const EDDSA_SIG_01 = {
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  protectedHeader: 'a201270300',
  payload: 'This is the content.',
  signature:
    '7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb8711497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d',
};

const key = await createSigningKey(false);
const publicKey = (await importVerifyingKey(key.publicKey))!;
const payload = encodeUtf8('content');

describe('COSE_Sign1', () => {
  it('verifies the public example of the COSE working group', async () => {
    const example = {
      protectedHeader: decodeHex(EDDSA_SIG_01.protectedHeader)!,
      payload: encodeUtf8(EDDSA_SIG_01.payload),
      signature: decodeHex(EDDSA_SIG_01.signature)!,
    };
    const exampleKey = (await importVerifyingKey(decodeHex(EDDSA_SIG_01.publicKey)!))!;
    expect(await verifyCose(example, '', exampleKey)).toBe(true);
    expect(await verifyCose(example, 'another type', exampleKey)).toBe(false);
  });

  it('binds a signature to the external data', async () => {
    const cose = decodeCose(await signCose(payload, 'type/v1', key.privateKey, key.keyId))!;
    expect(await verifyCose(cose, 'type/v1', publicKey)).toBe(true);
    expect(await verifyCose(cose, 'type/v2', publicKey)).toBe(false);
  });

  it('signs the same content to the same bytes', async () => {
    const first = await signCose(payload, 'type/v1', key.privateKey, key.keyId);
    expect(await signCose(payload, 'type/v1', key.privateKey, key.keyId)).toEqual(first);
  });

  it('carries the key id only where one is given', async () => {
    expect(decodeCose(await signCose(payload, 't', key.privateKey, key.keyId))?.keyId).toEqual(key.keyId);
    expect(decodeCose(await signCose(payload, 't', key.privateKey))?.keyId).toBeUndefined();
  });

  const header = encodeCbor(new Map([[1, -8]]));
  const signature = new Uint8Array(64);
  it.each([
    ['another algorithm', encodeCbor([encodeCbor(new Map([[1, -7]])), new Map(), payload, signature])],
    ['an unprotected header', encodeCbor([header, new Map([[4, payload]]), payload, signature])],
    [
      'a further protected header',
      encodeCbor([
        encodeCbor(
          new Map([
            [1, -8],
            [3, 0],
          ]),
        ),
        new Map(),
        payload,
        signature,
      ]),
    ],
    ['a short signature', encodeCbor([header, new Map(), payload, new Uint8Array(63)])],
    ['three members', encodeCbor([header, new Map(), payload])],
    ['a text payload', encodeCbor([header, new Map(), 'payload', signature])],
  ])('refuses %s', (_name, bytes) => {
    expect(decodeCose(bytes)).toBeUndefined();
  });
});
