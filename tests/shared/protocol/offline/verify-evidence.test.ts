import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import { createRandomBytes, decodeBase64url, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { createClosing } from '../../../../shared/protocol/offline/closing.ts';
import { verifyEvidence } from '../../../../shared/protocol/offline/verify-evidence.ts';
import { EvidenceFile } from '../../../../shared/protocol/wire/offline-evidence.ts';
import type { TestTerminal } from '../../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../../support/test-centre.ts';
import {
  consent,
  createOfflineParties,
  createOfflineWallet,
  evidenceOf,
  NOW,
  type OfflineConsent,
  type OfflineWallet,
  requestOf,
} from './offline-parties.ts';

let centre: TestCentre;
let terminal: TestTerminal;
let holder: OfflineWallet;
let stranger: OfflineWallet;
/** The chain of the original, and what its copy gave after the first. */
let chain: OfflineConsent[];
let forked: OfflineConsent;

beforeAll(async () => {
  ({ centre, terminal } = await createOfflineParties());
  [holder, stranger] = [await createOfflineWallet(centre), await createOfflineWallet(centre)];
  const first = await consent(holder, await requestOf(terminal, 1_000), holder.start);
  const second = await consent(holder, await requestOf(terminal, 500), first.head);
  const third = await consent(holder, await requestOf(terminal, 300), second.head);
  chain = [first, second, third];
  forked = await consent(holder, await requestOf(terminal, 700), first.head);
});

const prove = (consents: readonly OfflineConsent[]) => verifyEvidence(evidenceOf(centre, holder, consents));

describe('a file of evidence', () => {
  it('proves a fork', async () => {
    const proven = await prove([chain[1]!, forked]);
    expect(proven).toMatchObject({ ok: true, value: { contradiction: 'same-place' } });
    if (proven.ok) expect(proven.value.wallet.content.serial).toEqual(holder.allowance.serial);
    expect(await prove([forked, chain[2]!])).toMatchObject({ ok: true, value: { contradiction: 'broken-join' } });
  });

  it('proves a place that names the same predecessor, and a sum too small', async () => {
    const request = await requestOf(terminal, 100);
    const place = { ...chain[1]!.link, counter: 3 };
    expect(await prove([chain[1]!, await consent(holder, request, holder.start, { place })])).toMatchObject({
      value: { contradiction: 'same-predecessor' },
    });
    const short = {
      ...chain[2]!.link,
      counter: 9,
      previous: createRandomBytes(32),
      cumulativeMinor: 200 as AmountMinor,
    };
    expect(await prove([chain[1]!, await consent(holder, request, holder.start, { place: short })])).toMatchObject({
      value: { contradiction: 'sum-too-small' },
    });
  });

  it('proves a consent that the closing statement leaves out, and nothing against one that names it', async () => {
    const [first, second] = [chain[0]!, chain[1]!];
    const hashes = [first.link.hash];
    const { serial } = holder.allowance;
    const hiding = await createClosing(serial, second.head, hashes, NOW, holder.wallet.deviceKey);
    const proven = await verifyEvidence(evidenceOf(centre, holder, [second], hiding.document));
    expect(proven).toMatchObject({ ok: true, value: { contradiction: 'not-given' } });
    expect(await verifyEvidence(evidenceOf(centre, holder, [first], hiding.document))).toEqual({
      ok: false,
      code: 'evidence_insufficient',
    });
    const foreign = await createClosing(serial, second.head, hashes, NOW, stranger.wallet.deviceKey);
    expect((await verifyEvidence(evidenceOf(centre, holder, [second], foreign.document))).ok).toBe(false);
    expect(await verifyEvidence(evidenceOf(centre, holder, [second]))).toMatchObject({ code: 'evidence_insufficient' });
  });

  it('proves nothing against an honest phone, whatever pair of its consents is filed', async () => {
    for (const one of chain) {
      for (const other of chain) expect(await prove([one, other])).toMatchObject({ code: 'evidence_insufficient' });
    }
  });

  it('proves nothing by one consent that the passkey signed twice', async () => {
    const request = await requestOf(terminal, 500);
    const signTwice = () => consent(holder, request, chain[0]!.head);
    const [once, again] = [await signTwice(), await signTwice()];
    expect(again.assertion).not.toEqual(once.assertion);
    expect(await prove([once, again])).toEqual({ ok: false, code: 'evidence_insufficient' });
  });

  it('proves nothing by consents for the network alone', async () => {
    const unchained = await Promise.all(
      [1_000, 700].map(async (amountMinor) => {
        const signed = await holder.wallet.authorise(await requestOf(terminal, amountMinor), NOW);
        return { ...chain[0]!, authorisation: signed.authorisation, assertion: signed.assertion };
      }),
    );
    expect(await prove(unchained)).toEqual({ ok: false, code: 'evidence_insufficient' });
  });

  it('is refused of two wallets', async () => {
    const theirs = await consent(stranger, await requestOf(terminal, 700), stranger.start);
    expect(await prove([chain[0]!, theirs])).toMatchObject({ ok: false, code: 'certificate_invalid' });
    expect(await verifyEvidence(evidenceOf(centre, stranger, [chain[1]!, forked]))).toMatchObject({
      ok: false,
      code: 'certificate_invalid',
    });
  });

  it('is refused of another centre, or of a programme that is not its own', async () => {
    const other = await createTestCentre({ nowMs: NOW });
    const file = evidenceOf(centre, holder, [chain[1]!, forked]);
    const keys = other.announcements.map(encodeBase64url);
    expect(await verifyEvidence({ ...file, centreKeys: keys })).toMatchObject({ code: 'certificate_invalid' });
    expect(await verifyEvidence({ ...file, centreKeys: [] })).toMatchObject({ code: 'certificate_invalid' });
    const programme = 'another' as EvidenceFile['programme'];
    expect(await verifyEvidence({ ...file, programme })).toMatchObject({ code: 'programme_mismatch' });
  });

  it.each([
    ['whose person was not verified', { userVerified: false }, 'user_not_verified'],
    ['whose passkey was at another origin', { origin: 'https://evil.example' }, 'passkey_invalid'],
    ['whose passkey is a stranger’s', { foreignKey: true }, 'passkey_invalid'],
  ])('is refused with a consent %s', async (_what, misbehaviour, code) => {
    const bad = await consent(holder, await requestOf(terminal, 700), chain[0]!.head, { misbehaviour });
    expect(await prove([chain[1]!, bad])).toMatchObject({ ok: false, code });
  });

  it('is refused where any byte of it is bent, and throws at none', async () => {
    const file = evidenceOf(centre, holder, [chain[1]!, forked]);
    const bend = (text: string, index: number) => {
      const bytes = decodeBase64url(text)!;
      bytes[index % bytes.length]! ^= 1 << (index % 8);
      return encodeBase64url(bytes);
    };
    for (let index = 0; index < 260; index += 1) {
      const [first, second] = file.consents as [EvidenceFile['consents'][number], EvidenceFile['consents'][number]];
      const files: EvidenceFile[] = [
        { ...file, walletCertificate: bend(file.walletCertificate, index) },
        { ...file, centreKeys: file.centreKeys.map((key) => bend(key, index)) },
        { ...file, consents: [{ ...first, authorisation: bend(first.authorisation, index) }, second] },
        { ...file, consents: [first, { ...second, assertion: bend(second.assertion, index) }] },
      ];
      for (const bent of files) expect((await verifyEvidence(bent)).ok).toBe(false);
    }
  });

  it('has one shape', async () => {
    const file = evidenceOf(centre, holder, [chain[1]!, forked]);
    expect(v.is(EvidenceFile, file)).toBe(true);
    expect(v.is(EvidenceFile, { ...file, consents: [] })).toBe(false);
    expect(v.is(EvidenceFile, { ...file, verdict: 'guilty' })).toBe(false);
    expect(v.is(EvidenceFile, { ...file, format: 'tandem-evidence/2' })).toBe(false);
  });
});
