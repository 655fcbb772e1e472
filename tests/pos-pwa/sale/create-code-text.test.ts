import { describe, expect, it } from 'vitest';
import { createCodeText } from '../../../pos-pwa/sale/create-code-text.ts';
import { createRandomBytes } from '../../../shared/protocol/bytes.ts';
import { contentDayOf, importContentKey } from '../../../shared/protocol/codes/content-seal.ts';
import { openPosCode } from '../../../shared/protocol/codes/pos-code.ts';

const NOW_MS = Date.UTC(2026, 2, 31, 12);
const TODAY = contentDayOf(NOW_MS);
const sale = { request: createRandomBytes(150), terminalCertificate: createRandomBytes(200) };

function keyOf(day: number) {
  return importContentKey(day, createRandomBytes(32));
}

describe('the text of a code', () => {
  it('is sealed with the key of the day, however the keys are listed', async () => {
    const keys = [await keyOf(TODAY - 1), await keyOf(TODAY), await keyOf(TODAY + 1)];
    const text = await createCodeText(sale, keys, 'https://pay.example.org', NOW_MS);
    expect(text).toMatchObject({ ok: true });
    if (!text.ok) return;
    expect(text.value).toMatch(/^https:\/\/pay\.example\.org\/wallet\/p\/#/);
    expect(await openPosCode(text.value, [keys[1]!])).toEqual({ ok: true, value: sale });
    expect(await openPosCode(text.value, [keys[0]!])).toMatchObject({ code: 'content_key_unknown' });
  });

  it('falls back to the newest earlier key, never to a later one', async () => {
    const yesterday = await keyOf(TODAY - 1);
    const tomorrow = await keyOf(TODAY + 1);
    const text = await createCodeText(sale, [tomorrow, yesterday], 'https://pay.example.org', NOW_MS);
    expect(text.ok && (await openPosCode(text.value, [yesterday])).ok).toBe(true);
    expect(await createCodeText(sale, [tomorrow], 'https://pay.example.org', NOW_MS)).toMatchObject({
      code: 'content_key_unknown',
    });
  });
});
