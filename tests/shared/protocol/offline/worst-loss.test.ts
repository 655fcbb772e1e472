import { describe, expect, it } from 'vitest';
import { worstLossMinor } from '../../../../shared/protocol/offline/worst-loss.ts';
import { DEFAULT_OFFLINE_SETTINGS, type OfflineSettings } from '../../../../shared/protocol/wire/offline.ts';

describe('the worst that one copied phone can cost', () => {
  it.each([
    ['nothing with no till', 0, {}, 0],
    ['the cap of the one till: what was set aside may be spent by then', 1, {}, 2_500],
    ['the tills’ cap each', 100, {}, 250_000],
    ['no more at a till than the allowance itself', 3, { tillPerAllowanceMinor: 20_000 }, 15_000],
    ['nothing where it is switched off', 100, { isOn: false }, 0],
  ] as const)('is %s', (_, tills, changes, lossMinor) => {
    const settings = { ...DEFAULT_OFFLINE_SETTINGS, ...changes } as OfflineSettings;
    expect(worstLossMinor(settings, tills)).toBe(lossMinor);
  });
});
