import QRCode from 'qrcode';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import { decodeBase32, encodeBase32 } from '../../../../shared/protocol/base32.ts';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import { type Bytes, createRandomBytes, encodeUtf8, isEqualBytes } from '../../../../shared/protocol/bytes.ts';
import { encodeCbor } from '../../../../shared/protocol/cbor.ts';
import {
  type AuthorisationPayload,
  decodeAuthorisationPayload,
  encodeAuthorisationPayload,
} from '../../../../shared/protocol/codes/authorisation-payload.ts';
import { createDocumentCode } from '../../../../shared/protocol/codes/document-code.ts';
import { joinTwinCode } from '../../../../shared/protocol/codes/join-twin-code.ts';
import { createSplitCode } from '../../../../shared/protocol/codes/split-code.ts';
import { createShowing, type TwinCode } from '../../../../shared/protocol/codes/twin-code.ts';
import { decodeCose } from '../../../../shared/protocol/cose-sign1.ts';
import { Authorisation } from '../../../../shared/protocol/documents/authorisation.ts';
import { decodeDocument, encodeContent, signDocument } from '../../../../shared/protocol/documents/document.ts';
import { RevocationList } from '../../../../shared/protocol/documents/revocation-list.ts';
import type { ParticipantCode, ProgrammeId } from '../../../../shared/protocol/identifiers.ts';
import { createAcceptance } from '../../../../shared/protocol/offline/acceptance.ts';
import { verifyRevocationList } from '../../../../shared/protocol/offline/revocations.ts';
import { verifyWalletCertificate } from '../../../../shared/protocol/payment/certificates.ts';
import { verifyAuthorisation } from '../../../../shared/protocol/payment/verify-authorisation.ts';
import { type TestTerminal, unwrap } from '../../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../../support/test-centre.ts';
import {
  consent,
  createOfflineParties,
  createOfflineWallet,
  NOW,
  type OfflineWallet,
  RELYING_PARTY,
  requestOf,
} from './offline-parties.ts';

const RULES = { windowMs: 3_000, toleranceMs: 10_000 };
const PAYLOADS = 20;
const CODES = 20;
/** What a code of version 15 at level L holds in alphanumeric mode. */
const QR_VERSION_MAX = 15;

let centre: TestCentre;
let terminal: TestTerminal;
let wallets: [OfflineWallet, OfflineWallet];
let payloads: AuthorisationPayload[];

function list(withdrawn: number): Promise<Bytes> {
  const content = {
    programme: centre.programme,
    fromVersion: 0,
    toVersion: withdrawn,
    serials: createRandomBytes(8 * withdrawn),
    issuedAtSeconds: NOW / 1000,
    participant: centre.participant,
  };
  return signDocument(RevocationList, content, centre.key);
}

beforeAll(async () => {
  ({ centre, terminal } = await createOfflineParties());
  wallets = [await createOfflineWallet(centre), await createOfflineWallet(centre)];
  payloads = [];
  for (let index = 0; index < PAYLOADS; index += 1) {
    const holder = wallets[index % 2]!;
    const given = await consent(holder, await requestOf(terminal, 100 + index), holder.start);
    const { authorisation, assertion, walletCertificate } = given;
    payloads.push({
      authorisation,
      assertion,
      walletCertificate,
      ...(index % 4 === 3 && { revocations: await list(2) }),
    });
  }
});

/** All that a till does with the signatures of a payload; what the till that holds no such request would refuse is not asked. */
async function isAccepted(payload: Uint8Array): Promise<boolean> {
  const decoded = decodeAuthorisationPayload(payload);
  if (!decoded.ok) return false;
  const { walletCertificate, authorisation, assertion, revocations } = decoded.value;
  const wallet = await verifyWalletCertificate(walletCertificate, centre.trust);
  if (!wallet.ok) return false;
  if (revocations && !(await verifyRevocationList(revocations, centre.trust)).ok) return false;
  return (await verifyAuthorisation({ authorisation, assertion }, wallet.value, RELYING_PARTY, NOW)).ok;
}

function flipBit(bytes: Uint8Array, bit: number): Bytes {
  const bent = bytes.slice() as Bytes;
  bent[bit >> 3]! ^= 1 << (bit & 7);
  return bent;
}

/** So many at a time, because WebCrypto works on several threads. */
async function countAccepted(bits: readonly number[], accepts: (bit: number) => Promise<boolean>): Promise<number> {
  let accepted = 0;
  for (let start = 0; start < bits.length; start += 64) {
    const some = await Promise.all(bits.slice(start, start + 64).map(accepts));
    accepted += some.filter(Boolean).length;
  }
  return accepted;
}

function bitsOf(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => bit);
}

function join({ a, b }: TwinCode) {
  const captures = [
    { text: a, capturedAtMs: NOW + 100 },
    { text: b, capturedAtMs: NOW + 350 },
  ] as const;
  return joinTwinCode(captures, RULES, async () => undefined);
}

describe('the consent that a phone shows', () => {
  it('is accepted as it was made', async () => {
    for (const payload of payloads) {
      const encoded = encodeAuthorisationPayload(payload);
      expect(decodeAuthorisationPayload(encoded)).toEqual({ ok: true, value: payload });
      expect(await isAccepted(encoded)).toBe(true);
    }
  });

  it('is accepted with no bit of it turned', async () => {
    for (const [index, payload] of payloads.entries()) {
      const encoded = encodeAuthorisationPayload(payload);
      const start = Buffer.from(encoded).indexOf(payload.walletCertificate);
      const end = start + payload.walletCertificate.length;
      // There are two certificates: each is bent once.
      const bits = bitsOf(encoded).filter((bit) => index < 2 || bit >> 3 < start || bit >> 3 >= end);
      expect(await countAccepted(bits, (bit) => isAccepted(flipBit(encoded, bit)))).toBe(0);
    }
  }, 300_000);

  it('does not join with any bit of either code turned', async () => {
    for (const payload of payloads.slice(0, CODES / 2)) {
      const code = await createSplitCode(encodeAuthorisationPayload(payload), createShowing(NOW, 250));
      expect(await join(code)).toMatchObject({ ok: true });
      for (const side of ['a', 'b'] as const) {
        const bytes = decodeBase32(code[side])!;
        const joins = async (bit: number) => (await join({ ...code, [side]: encodeBase32(flipBit(bytes, bit)) })).ok;
        expect(await countAccepted(bitsOf(bytes), joins)).toBe(0);
      }
    }
  }, 300_000);

  it('does not join with another showing, nor twice with one side', async () => {
    const [one, other] = await Promise.all(
      payloads
        .slice(0, 2)
        .map((payload) => createSplitCode(encodeAuthorisationPayload(payload), createShowing(NOW, 250))),
    );
    expect(await join({ a: one!.a, b: other!.b })).toEqual({ ok: false, code: 'twin_code_mixed' });
    expect(await join({ a: one!.a, b: one!.a })).toEqual({ ok: false, code: 'twin_code_incomplete' });
  });

  it('is refused cut short or lengthened', async () => {
    const encoded = encodeAuthorisationPayload(payloads[3]!);
    for (let length = 0; length < encoded.length; length += 1) {
      expect(await isAccepted(encoded.subarray(0, length))).toBe(false);
    }
    expect(await isAccepted(Uint8Array.of(...encoded, 0))).toBe(false);
  });
});

describe('every field of a consent, taken from another one', () => {
  const names = Object.keys(Authorisation.fields);

  /** They differ in every field but the time; the second is of the other phone. */
  async function twoConsents() {
    const [mine, theirs] = wallets;
    const first = await consent(mine, await requestOf(terminal, 1_000), mine.start);
    const before = await consent(theirs, await requestOf(terminal, 400), theirs.start);
    const second = await consent(theirs, await requestOf(terminal, 700), before.head);
    return { first, second };
  }

  it.each(names)('%s: is refused under the old signature, and under a new one of the phone itself', async (name) => {
    const { first, second } = await twoConsents();
    const mine = unwrap(decodeDocument(Authorisation, first.authorisation)).content;
    const theirs = { ...unwrap(decodeDocument(Authorisation, second.authorisation)).content, authorisedAtMs: NOW - 1 };
    const swapped = { ...mine, [name]: theirs[name as keyof typeof theirs] };
    expect(encodeContent(Authorisation, swapped)).not.toEqual(encodeContent(Authorisation, mine));
    const { protectedHeader, signature } = decodeCose(first.authorisation)!;
    const content = encodeContent(Authorisation, swapped);
    const bent = encodeCbor([protectedHeader, new Map(), content, signature]) as Bytes;
    const resigned = await signDocument(Authorisation, swapped, wallets[0].wallet.deviceKey);
    for (const authorisation of [bent, resigned]) {
      const verified = await verifyAuthorisation(
        { authorisation, assertion: first.assertion },
        wallets[0].wallet.trusted,
        RELYING_PARTY,
        NOW,
      );
      expect(verified.ok).toBe(false);
    }
  });

  it.each(['authorisation', 'assertion', 'walletCertificate'] as const)('%s: does not fit the rest', async (part) => {
    const { first, second } = await twoConsents();
    const payload = encodeAuthorisationPayload({ ...first, [part]: second[part] });
    expect(await isAccepted(payload)).toBe(false);
  });

  it('leaves no chain half said', async () => {
    const { first } = await twoConsents();
    const { content } = unwrap(decodeDocument(Authorisation, first.authorisation));
    for (const name of ['allowance', 'counter', 'previous', 'cumulativeMinor'] as const) {
      const { [name]: _left, ...half } = content;
      const authorisation = await signDocument(Authorisation, half, wallets[0].wallet.deviceKey);
      const evidence = { authorisation, assertion: first.assertion };
      const verified = await verifyAuthorisation(evidence, wallets[0].wallet.trusted, RELYING_PARTY, NOW);
      expect(verified).toEqual({ ok: false, code: 'document_malformed' });
    }
  });
});

describe('size', () => {
  /** Everything as long as it may be, the browser's additions as long as the longest that was seen. */
  async function longest(): Promise<AuthorisationPayload> {
    const large = await createTestCentre({ nowMs: NOW, programme: 'p'.repeat(16), participant: '999999' });
    const holder = await createOfflineWallet(large, {
      programme: 'p'.repeat(16) as ProgrammeId,
      issuer: '999999' as ParticipantCode,
      exponent: 4,
      issuedAtSeconds: 0xffff_0000,
      expiresAtSeconds: 0xffff_ffff,
      allowanceLimitMinor: BOUNDS.amountMinorMax as AmountMinor,
      allowancePaymentMaxMinor: BOUNDS.amountMinorMax as AmountMinor,
      allowanceCountMax: BOUNDS.allowanceCountMax,
      allowanceExpiresAtSeconds: 0xffff_ffff,
    });
    const request = await requestOf(terminal, BOUNDS.amountMinorMax);
    const place = {
      allowance: holder.allowance.serial,
      counter: BOUNDS.allowanceCountMax,
      previous: createRandomBytes(32),
      cumulativeMinor: BOUNDS.amountMinorMax as AmountMinor,
    };
    const added = `,"other_keys_can_be_added_here":"${'x'.repeat(75)}"}`;
    expect(encodeUtf8(added).length).toBeGreaterThanOrEqual(109);
    return consent(holder, request, holder.start, { place, misbehaviour: { clientDataSuffix: added } });
  }

  async function versionsOf(payload: Uint8Array): Promise<number[]> {
    const { a, b } = await createSplitCode(payload, createShowing(NOW, 250));
    return [a, b].map((text) => QRCode.create(text, { errorCorrectionLevel: 'L' }).version);
  }

  it('of the longest consent there is stays within two codes of version 15', async () => {
    const encoded = encodeAuthorisationPayload(await longest());
    expect(encoded.length).toBeLessThanOrEqual(BOUNDS.splitPayloadBytesMax);
    for (const version of await versionsOf(encoded)) expect(version).toBeLessThanOrEqual(QR_VERSION_MAX);
    expect({ bytes: encoded.length, versions: await versionsOf(encoded) }).toMatchInlineSnapshot(`
      {
        "bytes": 706,
        "versions": [
          14,
          14,
        ],
      }
    `);
  });

  it('of a usual consent, and of what the till shows for it', async () => {
    const encoded = encodeAuthorisationPayload(payloads[0]!);
    const request = await requestOf(terminal, 1_000);
    const taken = { hash: createRandomBytes(32), requestHash: request.hash, amountMinor: request.amountMinor };
    const acceptance = await createAcceptance(taken, { version: 1_000, issuedAtMs: NOW }, NOW, terminal.key);
    const code = createDocumentCode('acceptance', acceptance);
    const { version } = QRCode.create(code, { errorCorrectionLevel: 'L' });
    const measured = {
      bytes: encoded.length,
      versions: await versionsOf(encoded),
      acceptance: acceptance.length,
      version,
    };
    expect(measured).toMatchInlineSnapshot(`
      {
        "acceptance": 169,
        "bytes": 583,
        "version": 8,
        "versions": [
          13,
          13,
        ],
      }
    `);
  });

  it('takes the list of withdrawn allowances along where there is room, and leaves it out where not', async () => {
    const [usual, large] = [payloads[0]!, await longest()];
    const room = async (payload: AuthorisationPayload) => {
      let withdrawn = -1;
      for (let count = 0; count < 30; count += 1) {
        const revocations = await list(count);
        const encoded = encodeAuthorisationPayload({ ...payload, revocations });
        expect(encoded.length).toBeLessThanOrEqual(BOUNDS.splitPayloadBytesMax);
        const carried = unwrap(decodeAuthorisationPayload(encoded)).revocations;
        if (!carried) break;
        expect(isEqualBytes(carried, revocations)).toBe(true);
        withdrawn = count;
      }
      return withdrawn;
    };
    expect({ usual: await room(usual), longest: await room(large) }).toMatchInlineSnapshot(`
      {
        "longest": -1,
        "usual": 11,
      }
    `);
  });
});
