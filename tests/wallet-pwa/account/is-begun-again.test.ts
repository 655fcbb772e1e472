import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { isBegunAgain } from '../../../wallet-pwa/account/is-begun-again.ts';
import { createTestCentre } from '../../support/test-centre.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);

async function announce() {
  const { programme, announcements } = await createTestCentre({ nowMs: NOW_MS });
  return { programme, centreKeys: announcements.map(encodeBase64url) };
}

describe('a programme that was begun again', () => {
  it('is told by the first of its keys', async () => {
    expect(await isBegunAgain(await announce(), await announce())).toBe(true);
  });

  it('is not one whose keys took turns', async () => {
    const known = await announce();
    const heard = { ...known, centreKeys: [...known.centreKeys, ...known.centreKeys] };
    expect(await isBegunAgain(known, heard)).toBe(false);
    expect(await isBegunAgain(known, known)).toBe(false);
  });

  it('is not believed of a chain that does not hold, or of none', async () => {
    const known = await announce();
    const other = await announce();
    const first = other.centreKeys[0]!;
    const broken = {
      ...other,
      centreKeys: [first.slice(0, -3) + (first.at(-3) === 'A' ? 'B' : 'A') + first.slice(-2)],
    };
    expect(await isBegunAgain(known, broken)).toBe(false);
    expect(await isBegunAgain(known, { ...other, centreKeys: [] })).toBe(false);
    expect(await isBegunAgain(known, { ...other, centreKeys: ['AAAA'] })).toBe(false);
  });
});
