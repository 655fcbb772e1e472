import type { OfflineSettings } from '../wire/offline.ts';

/**
 * The most that one allowance can cost the programme when its phone was copied and the copies spend it at `tillCount` tills
 * without a network: every till that keeps its rules is paid what it took, and only the allowance was set aside.
 * Minor units; 0 where no second till can take anything.
 */
export function worstLossMinor(settings: OfflineSettings, tillCount: number): number {
  const { isOn, limitMinor, tillPerAllowanceMinor } = settings;
  if (!isOn) return 0;
  return Math.max(0, tillCount * Math.min(limitMinor, tillPerAllowanceMinor) - limitMinor);
}
