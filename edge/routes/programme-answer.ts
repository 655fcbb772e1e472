import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { ContentKeyAnswer, ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import { contentDaysAt, type DayKey } from '../clearing/content-keys.ts';
import { clearingOf, type Programme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import { originsOf } from '../security/origins.ts';

export function createProgrammeAnswer(env: Env, { view }: Programme): ProgrammeAnswer {
  const { walletOrigin, posOrigin, rpId } = originsOf(env);
  return {
    programme: view.programme,
    name: view.name,
    currency: view.currency,
    demo: env.DEMO === '1',
    centreTimeMs: Date.now(),
    centreKeys: view.announcements.map(encodeBase64url),
    walletOrigin,
    posOrigin,
    rpId,
    amountMinorMax: view.amountMinorMax,
    requestValidSeconds: view.requestValidSeconds,
    payCode: view.payCode,
    offline: view.offline,
  };
}

let kept: { readonly trust: CentreTrust; readonly days: readonly DayKey[] } | undefined;

/** The keys that seal codes, for answers to signed-in tills and wallets only. A day's key never changes, so it is kept. */
export async function loadContentKeyAnswers(env: Env, { trust }: Programme): Promise<ContentKeyAnswer[]> {
  const wanted = contentDaysAt(Date.now());
  const known = kept?.trust === trust ? kept.days : [];
  const isKnown = wanted.every((day) => known.some((key) => key.day === day));
  const days = isKnown ? known : await clearingOf(env).contentKeys();
  kept = { trust, days };
  return days.map(({ day, key }) => ({ day, key: encodeBase64url(key) }));
}
