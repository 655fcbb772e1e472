import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Bytes, concatBytes, encodeBase64url, encodeUtf8 } from '../../shared/protocol/bytes.ts';
import { importContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { createCrossCheckCode, importAccountSecret } from '../../shared/protocol/codes/cross-check-code.ts';
import { encodePayCodePayload } from '../../shared/protocol/codes/pay-code-payload.ts';
import { createPosCode } from '../../shared/protocol/codes/pos-code.ts';
import { createSplitCode } from '../../shared/protocol/codes/split-code.ts';
import { Authorisation } from '../../shared/protocol/documents/authorisation.ts';
import { encodeContent, hashContent, signDocument } from '../../shared/protocol/documents/document.ts';
import { PayCodeShowing } from '../../shared/protocol/documents/pay-code.ts';
import { sha256 } from '../../shared/protocol/hash.ts';
import { VECTOR_DOCUMENTS, VECTOR_NOW_MS, vectorKeys } from './vector-documents.ts';
import { formatVector } from './vector-json.ts';

interface WrittenDocument {
  readonly type: string;
  readonly signer: string;
  readonly content: unknown;
  readonly contentBytes: Bytes;
  readonly hash: Bytes;
  readonly document: Bytes;
}

const documents: WrittenDocument[] = [];
for (const { kind, signer, content } of VECTOR_DOCUMENTS) {
  const contentBytes = encodeContent(kind, content);
  documents.push({
    type: kind.type,
    signer,
    content,
    contentBytes,
    hash: await hashContent(kind, contentBytes),
    document: await signDocument(kind, content, vectorKeys[signer]),
  });
}
write('documents', { keySeeds: { centre: 1, terminal: 2, device: 3 }, documents });

const documentOf = (type: string) => documents.find((entry) => entry.type === type)!;
const request = documentOf('tandem/request/v1').document;
const terminalCertificate = documentOf('tandem/terminal-certificate/v1').document;
const key = new Uint8Array(32).fill(7);
const day = 20_370;
const text = await createPosCode(
  { request, terminalCertificate },
  await importContentKey(day, key),
  'https://pay.example.org',
);
const payload = encodePayCodePayload({
  showing: documentOf(PayCodeShowing.type).document,
  assertion: new Uint8Array(150).fill(4),
  wallet: documentOf('tandem/wallet-certificate/v1').document,
});
const shortPayload = encodePayCodePayload({
  showing: documentOf(PayCodeShowing.type).document,
  assertion: new Uint8Array(150).fill(4),
  wallet: new Uint8Array(8).fill(20),
});
const showing = { pairId: new Uint8Array(8).fill(130), madeAtMs: [VECTOR_NOW_MS, VECTOR_NOW_MS + 250] } as const;
const accountSecret = new Uint8Array(32).fill(9);
write('codes', {
  posCode: { day, key, text, request, terminalCertificate },
  splitCode: { ...showing, payload, ...(await createSplitCode(payload, showing)) },
  crossCheckCode: {
    ...showing,
    accountSecret,
    payload: shortPayload,
    ...(await createCrossCheckCode(shortPayload, showing, await importAccountSecret(accountSecret))),
  },
});

const origin = 'https://pay.example.org';
const challenge = documentOf(Authorisation.type).hash;
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)).slice(1);
const rpIdHash = await sha256(encodeUtf8('pay.example.org'));
const authenticatorData = concatBytes(rpIdHash, Uint8Array.of(0x1d, 0, 0, 0, 0));
const suffix = ',"other_keys_can_be_added_here":"do not compare clientDataJSON against a template"}';
const clientData = `{"type":"webauthn.get","challenge":"${encodeBase64url(challenge)}","origin":"${origin}","crossOrigin":false${suffix}`;
const signed = concatBytes(authenticatorData, await sha256(encodeUtf8(clientData)));
const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, signed));
write('passkey', { challenge, origin, rpId: 'pay.example.org', publicKey, authenticatorData, clientDataSuffix: encodeUtf8(suffix), signature });

function write(name: string, content: unknown): void {
  writeFileSync(resolve(import.meta.dirname, `${name}.json`), formatVector(content));
}
