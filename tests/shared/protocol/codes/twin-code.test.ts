import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../../shared/protocol/base32.ts';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import { type Bytes, createRandomBytes } from '../../../../shared/protocol/bytes.ts';
import { createCrossCheckCode, importAccountSecret } from '../../../../shared/protocol/codes/cross-check-code.ts';
import {
  type Capture,
  joinTwinCode,
  matchCaptures,
  type TwinRules,
} from '../../../../shared/protocol/codes/join-twin-code.ts';
import { createSplitCode } from '../../../../shared/protocol/codes/split-code.ts';
import {
  createShowing,
  parseTwinHalf,
  type Showing,
  TWIN_MODES,
  type TwinCode,
  type TwinMode,
} from '../../../../shared/protocol/codes/twin-code.ts';
import { parseVector } from '../../../vectors/vector-json.ts';

const vectors = parseVector(readFileSync(resolve(import.meta.dirname, '../../../vectors/codes.json'), 'utf8'));
const NOW = 1_795_000_000_000;
const RULES: TwinRules = { windowMs: 3_000, toleranceMs: 10_000 };
const secret = await importAccountSecret(new Uint8Array(32).fill(5));
const findSecret = async () => secret;
const payload = new Uint8Array(350).map((_, index) => index);

function create(mode: TwinMode, content: Uint8Array, showing: Showing = createShowing(NOW, 250)): Promise<TwinCode> {
  return mode === 'split' ? createSplitCode(content, showing) : createCrossCheckCode(content, showing, secret);
}

function capture({ a, b }: TwinCode, delayMs = 100): [Capture, Capture] {
  return [
    { text: a, capturedAtMs: NOW + delayMs },
    { text: b, capturedAtMs: NOW + delayMs + 250 },
  ];
}

describe.each(TWIN_MODES)('a twin code, %s', (mode) => {
  const payloadBytesMax = mode === 'split' ? BOUNDS.splitPayloadBytesMax : BOUNDS.crossCheckPayloadBytesMax;

  it('joins to what it was made of, at any length and in either order of capture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: payloadBytesMax }),
        fc.boolean(),
        async (content, isReversed) => {
          const captures = capture(await create(mode, content));
          const joined = await joinTwinCode(
            isReversed ? (captures.toReversed() as [Capture, Capture]) : captures,
            RULES,
            findSecret,
          );
          expect(joined).toMatchObject({ ok: true, value: { mode, payload: content } });
        },
      ),
    );
  });

  it('stays within QR version 15 at level L with the largest payload', async () => {
    const { a, b } = await create(mode, createRandomBytes(payloadBytesMax));
    for (const text of [a, b]) {
      expect(QRCode.create(text, { errorCorrectionLevel: 'L' }).version).toBeLessThanOrEqual(15);
    }
  });

  it('takes no payload that would not fit', async () => {
    await expect(create(mode, new Uint8Array(payloadBytesMax + 1))).rejects.toThrow(RangeError);
  });

  it('is two different codes, and other ones at each showing', async () => {
    const [first, second] = [await create(mode, payload), await create(mode, payload)];
    expect(new Set([first.a, first.b, second.a, second.b]).size).toBe(4);
  });

  it('is refused with any one bit of either code turned', async () => {
    const code = await create(mode, new Uint8Array(40).fill(1));
    for (const side of ['a', 'b'] as const) {
      const bytes = decodeBase32(code[side])!;
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const turned = bytes.slice();
        turned[bit >> 3]! ^= 1 << (bit & 7);
        const joined = await joinTwinCode(capture({ ...code, [side]: encodeBase32(turned) }), RULES, findSecret);
        expect(joined.ok, `bit ${bit} of ${side}`).toBe(false);
      }
    }
  });

  it('is refused at any length but its own', async () => {
    const code = await create(mode, payload);
    const bytes = decodeBase32(code.b)!;
    for (let length = 0; length < bytes.length; length += 1) {
      const short = { ...code, b: encodeBase32(bytes.slice(0, length)) };
      expect((await joinTwinCode(capture(short), RULES, findSecret)).ok).toBe(false);
    }
  });

  it('is incomplete with one of its codes twice', async () => {
    const { a } = await create(mode, payload);
    expect(await joinTwinCode(capture({ a, b: a }), RULES, findSecret)).toEqual({
      ok: false,
      code: 'twin_code_incomplete',
    });
  });

  it('does not join with the other code of the next showing', async () => {
    const [first, next] = [await create(mode, payload), await create(mode, payload)];
    const mixed = capture({ a: first.a, b: next.b });
    expect(await joinTwinCode(mixed, RULES, findSecret)).toEqual({ ok: false, code: 'twin_code_mixed' });
  });

  it('does not join with the next showing although somebody wrote its pair over', async () => {
    const [first, next] = [await create(mode, payload), await create(mode, payload)];
    const bytes = decodeBase32(next.b)!;
    bytes.set(parsed(first.a).pairId, 1);
    const forged = capture({ a: first.a, b: encodeBase32(bytes) });
    const code = mode === 'split' ? 'code_tampered' : 'check_value_invalid';
    expect(await joinTwinCode(forged, RULES, findSecret)).toEqual({ ok: false, code });
  });

  it.each([
    ['at the window', 3_000, undefined],
    ['one millisecond past the window', 3_001, 'twin_code_window'],
  ])('made %s apart: %i ms, %s', async (_, apartMs, code) => {
    const showing = createShowing(NOW, apartMs);
    const matched = matchCaptures(capture(await create(mode, payload, showing), apartMs), RULES);
    expect(matched.ok ? undefined : matched.code).toBe(code);
  });

  it.each([
    ['9 s after it was made', 9_000, undefined],
    ['11 s after it was made', 11_000, 'twin_code_stale'],
    ['9 s before it was made, by a clock that is behind', -9_000, undefined],
    ['11 s before it was made, by a clock that is behind', -11_000, 'clock_off'],
    ['an hour later, from a screenshot', 3_600_000, 'twin_code_stale'],
  ])('captured %s: %i ms, %s', async (_, delayMs, code) => {
    const matched = matchCaptures(capture(await create(mode, payload), delayMs), RULES);
    expect(matched.ok ? undefined : matched.code).toBe(code);
  });

  it('is refused when one of the two was captured in time and the other was not', async () => {
    const { a, b } = await create(mode, payload);
    const captures: [Capture, Capture] = [
      { text: a, capturedAtMs: NOW + 100 },
      { text: b, capturedAtMs: NOW + 20_000 },
    ];
    expect(matchCaptures(captures, RULES)).toEqual({ ok: false, code: 'twin_code_stale' });
  });
});

describe('a split code', () => {
  it('says nothing of its payload in one code alone: the same payload is never twice the same beyond the head', async () => {
    const showing = createShowing(NOW, 250);
    const bodies = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      const { a, b } = await createSplitCode(new Uint8Array(64), showing);
      for (const text of [a, b]) bodies.add(parsed(text).body.subarray(0, 8).join());
    }
    expect(bodies.size).toBe(100);
  });

  it("cannot be opened with one code's share of the key beside the other half of another showing", async () => {
    const showing = createShowing(NOW, 250);
    const [first, second] = [await createSplitCode(payload, showing), await createSplitCode(payload, showing)];
    const joined = await joinTwinCode(capture({ a: first.a, b: second.b }), RULES, findSecret);
    expect(joined).toEqual({ ok: false, code: 'code_tampered' });
  });
});

describe('a cross-check code', () => {
  it("is refused when it was made with another account's secret", async () => {
    const other = await importAccountSecret(new Uint8Array(32).fill(6));
    const code = await createCrossCheckCode(payload, createShowing(NOW, 250), other);
    expect(await joinTwinCode(capture(code), RULES, findSecret)).toEqual({ ok: false, code: 'check_value_invalid' });
  });

  it('gives its payload in either code, to find the account by', async () => {
    const code = await createCrossCheckCode(payload, createShowing(NOW, 250), secret);
    const asked: Bytes[] = [];
    await joinTwinCode(capture(code), RULES, async (found) => {
      asked.push(found);
      return secret;
    });
    expect(asked).toEqual([payload]);
  });

  it('is refused where the account has no secret', async () => {
    const code = await createCrossCheckCode(payload, createShowing(NOW, 250), secret);
    const joined = await joinTwinCode(capture(code), RULES, async () => undefined);
    expect(joined).toEqual({ ok: false, code: 'account_unknown' });
  });

  it('does not join with a split code', async () => {
    const showing = createShowing(NOW, 250);
    const [{ a }, { b }] = [
      await createCrossCheckCode(payload, showing, secret),
      await createSplitCode(payload, showing),
    ];
    expect(matchCaptures(capture({ a, b }), RULES)).toEqual({ ok: false, code: 'twin_code_mixed' });
  });
});

describe('the vectors', () => {
  it.each(['splitCode', 'crossCheckCode'])('%s joins to its payload', async (name) => {
    const { a, b, madeAtMs, payload: expected } = vectors[name];
    const captures: [Capture, Capture] = [
      { text: a, capturedAtMs: madeAtMs[0] },
      { text: b, capturedAtMs: madeAtMs[1] },
    ];
    const vectorSecret = await importAccountSecret(vectors.crossCheckCode.accountSecret);
    const joined = await joinTwinCode(captures, RULES, async () => vectorSecret);
    expect(joined).toMatchObject({ ok: true, value: { payload: expected } });
  });

  it('a cross-check code is made again, to the character', async () => {
    const { accountSecret, payload: content, a, b, ...showing } = vectors.crossCheckCode;
    expect(await createCrossCheckCode(content, showing, await importAccountSecret(accountSecret))).toEqual({ a, b });
  });
});

it('takes none of 10,000 texts from strangers, and throws at none', async () => {
  const genuine = await create('split', payload);
  const checked = await create('cross-check', payload);
  const stranger = fc.oneof(
    fc.string({ maxLength: 900 }),
    fc.uint8Array({ maxLength: 480 }).map((bytes) => encodeBase32(bytes)),
    fc
      .tuple(fc.integer({ min: 0x20, max: 0x25 }), fc.uint8Array({ maxLength: 470 }))
      .map(([kind, bytes]) => encodeBase32(Uint8Array.of(kind, ...bytes))),
    fc.constantFrom(genuine.a, genuine.b, checked.a, checked.b),
  );
  const isWholePair = (left: string, right: string) =>
    [genuine, checked].some(({ a, b }) => (left === a && right === b) || (left === b && right === a));
  await fc.assert(
    fc.asyncProperty(stranger, stranger, async (left, right) => {
      fc.pre(!isWholePair(left, right));
      const captures = [left, right].map((text) => ({ text, capturedAtMs: NOW })) as [Capture, Capture];
      expect((await joinTwinCode(captures, RULES, findSecret)).ok).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

function parsed(text: string) {
  const half = parseTwinHalf(text);
  if (!half.ok) throw new Error(half.code);
  return half.value;
}
