import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign,
  verify,
  webcrypto,
} from 'node:crypto';
import type { Random } from '../world/random.ts';

/**
 * WebCrypto over Node's synchronous functions: the same algorithms and the same OpenSSL, without a thread's turn for each call, so
 * that answers always come in the same order; and keys made of the seed's own bytes. What is not here goes to the platform.
 */
function createSynchronousSubtle(random: () => Pick<Random, 'fill'>): SubtleCrypto {
  const real = webcrypto.subtle as unknown as SubtleCrypto;
  const hot: Partial<SubtleCrypto> = {
    digest: async (algorithm, data) =>
      nameOf(algorithm) === 'SHA-256'
        ? bufferOf(createHash('sha256').update(viewOf(data)).digest())
        : real.digest(algorithm, data),
    sign: async (algorithm, key, data) => {
      const name = nameOf(algorithm);
      if (name === 'Ed25519') return bufferOf(sign(null, viewOf(data), keyObjectOf(key)));
      if (name === 'ECDSA') return bufferOf(sign('sha256', viewOf(data), ecdsa(key)));
      if (name === 'HMAC' && hashOf(key) === 'SHA-256')
        return bufferOf(createHmac('sha256', keyObjectOf(key)).update(viewOf(data)).digest());
      return real.sign(algorithm, key, data);
    },
    verify: async (algorithm, key, signature, data) => {
      const name = nameOf(algorithm);
      if (name !== 'Ed25519' && name !== 'ECDSA') return real.verify(algorithm, key, signature, data);
      return remember(verified, factOf(key, signature, data), () =>
        name === 'Ed25519'
          ? verify(null, viewOf(data), keyObjectOf(key), viewOf(signature))
          : verify('sha256', viewOf(data), ecdsa(key), viewOf(signature)),
      );
    },
    importKey: (async (...call: Parameters<SubtleCrypto['importKey']>) => {
      const [format, data, algorithm, isExtractable, usages] = call;
      if ((format as string) === 'jwk') return real.importKey(...call);
      const text = Buffer.from(viewOf(data as BufferSource)).toString('latin1');
      const fact = `${format} ${JSON.stringify(algorithm)} ${isExtractable} ${[...usages].join()} ${text}`;
      return remember(imported, fact, () => real.importKey(...call));
    }) as SubtleCrypto['importKey'],
    encrypt: async (algorithm, key, data) => {
      if (nameOf(algorithm) !== 'AES-GCM') return real.encrypt(algorithm, key, data);
      const { iv, additionalData = new Uint8Array() } = algorithm as AesGcmParams;
      const cipher = createCipheriv(aesOf(key), keyObjectOf(key), viewOf(iv)).setAAD(viewOf(additionalData));
      return bufferOf(Buffer.concat([cipher.update(viewOf(data)), cipher.final(), cipher.getAuthTag()]));
    },
    decrypt: async (algorithm, key, data) => {
      if (nameOf(algorithm) !== 'AES-GCM') return real.decrypt(algorithm, key, data);
      const { iv, additionalData = new Uint8Array() } = algorithm as AesGcmParams;
      const sealed = viewOf(data);
      const decipher = createDecipheriv(aesOf(key), keyObjectOf(key), viewOf(iv))
        .setAAD(viewOf(additionalData))
        .setAuthTag(sealed.subarray(sealed.length - 16));
      return bufferOf(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]));
    },
    generateKey: (async (algorithm: AlgorithmIdentifier, isExtractable: boolean, usages: KeyUsage[]) => {
      const name = nameOf(algorithm);
      if (name !== 'Ed25519' && name !== 'ECDSA')
        return real.generateKey(algorithm as EcKeyGenParams, isExtractable, usages);
      return createKeyPair(algorithm, isExtractable, random().fill(new Uint8Array(32)));
    }) as SubtleCrypto['generateKey'],
  };
  return new Proxy(real, {
    get: (target, name) => hot[name as keyof SubtleCrypto] ?? bind(target, name as keyof SubtleCrypto),
  });
}

/** From now on everything in this thread uses it, and draws its random bytes, keys and identifiers from `random`. */
export function useSeededCrypto(random: () => Pick<Random, 'fill'>): void {
  const real = globalThis.crypto;
  const subtle = createSynchronousSubtle(random);
  const replaced: Partial<Crypto> = {
    subtle,
    getRandomValues: (view) => random().fill(view as ArrayBufferView) as typeof view,
    randomUUID: () => {
      const hex = Buffer.from(random().fill(new Uint8Array(16))).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
  const value = new Proxy(real, {
    get: (_, name) => replaced[name as keyof Crypto] ?? bind(real, name as keyof Crypto),
  });
  Object.defineProperty(globalThis, 'crypto', { value, configurable: true, writable: true });
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410 section 7). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

function createKeyPair(algorithm: AlgorithmIdentifier, isExtractable: boolean, secret: Uint8Array): CryptoKeyPair {
  if (nameOf(algorithm) === 'Ed25519') {
    const key = Buffer.concat([ED25519_PREFIX, secret]);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return pairOf(privateKey, createPublicKey(privateKey), algorithm, isExtractable);
  }
  // Far below the order of the curve.
  secret[0]! &= 0x7f;
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const [x, y, d] = [point.subarray(1, 33), point.subarray(33), Buffer.from(secret)].map((part) =>
    part.toString('base64url'),
  );
  const privateKey = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x!, y: y!, d: d! } });
  return pairOf(privateKey, createPublicKey(privateKey), algorithm, isExtractable);
}

function pairOf(
  privateKey: KeyObject,
  publicKey: KeyObject,
  algorithm: AlgorithmIdentifier,
  isExtractable: boolean,
): CryptoKeyPair {
  const convert = (key: KeyObject, canLeave: boolean, usage: KeyUsage) =>
    key.toCryptoKey(algorithm as never, canLeave, [usage]) as unknown as CryptoKey;
  return { privateKey: convert(privateKey, isExtractable, 'sign'), publicKey: convert(publicKey, true, 'verify') };
}

/** The same signature of the same bytes is as good each time: devices and centre check it again and again. */
const verified = new Map<string, boolean>();
const imported = new Map<string, Promise<CryptoKey>>();
const FACTS_MAX = 20_000;

function remember<T>(facts: Map<string, T>, fact: string, find: () => T): T {
  const known = facts.get(fact);
  if (known !== undefined) return known;
  const found = find();
  if (facts.size >= FACTS_MAX) facts.clear();
  facts.set(fact, found);
  return found;
}

let keys = 0;
const keyNumbers = new WeakMap<CryptoKey, number>();

function factOf(key: CryptoKey, signature: BufferSource, data: BufferSource): string {
  if (!keyNumbers.has(key)) {
    keys += 1;
    keyNumbers.set(key, keys);
  }
  const parts = [viewOf(signature), viewOf(data)].map((part) => Buffer.from(part).toString('latin1'));
  return `${keyNumbers.get(key)} ${parts.join(' ')}`;
}

const keyObjects = new WeakMap<CryptoKey, KeyObject>();

function keyObjectOf(key: CryptoKey): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const object = KeyObject.from(key as unknown as webcrypto.CryptoKey);
  keyObjects.set(key, object);
  return object;
}

function ecdsa(key: CryptoKey) {
  return { key: keyObjectOf(key), dsaEncoding: 'ieee-p1363' } as const;
}

function aesOf(key: CryptoKey): 'aes-256-gcm' | 'aes-128-gcm' {
  return (key.algorithm as AesKeyAlgorithm).length === 256 ? 'aes-256-gcm' : 'aes-128-gcm';
}

function hashOf(key: CryptoKey): string {
  return nameOf((key.algorithm as HmacKeyAlgorithm).hash);
}

function nameOf(algorithm: AlgorithmIdentifier): string {
  return typeof algorithm === 'string' ? algorithm : algorithm.name;
}

function viewOf(data: BufferSource): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

function bufferOf(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

function bind<T extends object>(target: T, name: keyof T) {
  const value = target[name];
  return typeof value === 'function' ? value.bind(target) : value;
}
