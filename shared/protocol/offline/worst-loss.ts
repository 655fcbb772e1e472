import type { OfflineSettings } from '../wire/offline.ts';

/**
 * The most that one allowance can cost the programme when its phone was copied and the copies spend it at `tillCount` tills
 * without a network: every till that keeps its rules is paid what it took. What was set aside lessens that only where no copy was
 * online in between: one that was may have spent it, or had it given back by a closing statement that hides the rest.
 * Minor units.
 */
export function worstLossMinor(settings: OfflineSettings, tillCount: number): number {
  const { isOn, limitMinor, tillPerAllowanceMinor } = settings;
  if (!isOn) return 0;
  return tillCount * Math.min(limitMinor, tillPerAllowanceMinor);
}
