import * as v from 'valibot';
import { AmountMinor } from '../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { DisplayName } from '../../../shared/protocol/documents/fields.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { CreateParticipantCall } from '../../../shared/protocol/wire/administration.ts';
import { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import { PayCodeSettings } from '../../../shared/protocol/wire/pay-codes.ts';
import { clearingOf, forgetProgramme, loadProgramme } from '../../clearing/load-programme.ts';
import type { ChangedSettings, Participant, ProgrammeSettings } from '../../clearing/programme.ts';
import { isTimeZone } from '../parts/days.ts';
import type { Desk } from './desk.ts';

/** Enough for a customer who has the phone at hand. */
const REQUEST_VALID_SECONDS_MIN = 10;

/**
 * As the protocol bounds each, and so that together they can be met: customers who want less motion are shown codes twice as
 * slowly, and a code is still to be taken at the end of its showing.
 */
export const PayCodeSettingsCall = v.pipe(
  PayCodeSettings,
  v.forward(
    v.check(({ windowMs, rhythmMs }) => windowMs >= 2 * rhythmMs, 'at least twice the rhythm'),
    ['windowMs'],
  ),
  v.forward(
    v.check(({ regenerateMs, rhythmMs }) => regenerateMs >= 4 * rhythmMs, 'at least four times the rhythm'),
    ['regenerateMs'],
  ),
  v.forward(
    v.check(({ toleranceMs, regenerateMs }) => toleranceMs >= regenerateMs, 'at least as long as a showing'),
    ['toleranceMs'],
  ),
);

/** As the protocol bounds each; and no bound is set within which another has no meaning. */
export const OfflineSettingsCall = v.pipe(
  OfflineSettings,
  v.forward(
    v.check(({ paymentMaxMinor, limitMinor }) => paymentMaxMinor <= limitMinor, 'at most limitMinor'),
    ['paymentMaxMinor'],
  ),
  v.forward(
    v.check(
      ({ tillPerAllowanceMinor, tillTotalMinor }) => tillPerAllowanceMinor <= tillTotalMinor,
      'at most tillTotalMinor',
    ),
    ['tillPerAllowanceMinor'],
  ),
);

export const ChangeSettingsCall = v.strictObject({
  name: DisplayName,
  timeZone: v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone, 'IANA time zone')),
  amountMinorMax: AmountMinor,
  requestValidSeconds: v.pipe(
    v.number(),
    v.safeInteger(),
    v.minValue(REQUEST_VALID_SECONDS_MIN),
    v.maxValue(BOUNDS.requestValidSecondsMax),
  ),
  /** Left out: as it is. */
  payCode: v.optional(PayCodeSettingsCall),
  offline: v.optional(OfflineSettingsCall),
});

/** Takes effect in every worker within seconds, in apps at their next sync. */
export async function changeSettings({ env }: Desk, settings: ChangedSettings): Promise<Result<ProgrammeSettings>> {
  const changed = await clearingOf(env).changeSettings(settings);
  forgetProgramme();
  return changed;
}

/** The same code and name again change nothing. Refuses `already_exists` for another participant's code. */
export async function createParticipant(
  { env }: Desk,
  call: v.InferOutput<typeof CreateParticipantCall>,
): Promise<Result<Participant>> {
  const created = await clearingOf(env).createParticipant(call);
  forgetProgramme();
  if (created.ok || created.code !== 'already_exists') return created;
  const programme = await loadProgramme(env);
  const known = programme?.view.participants.find(({ code }) => code === call.code);
  return known?.name === call.name ? accept(known) : created;
}

export const RotateCentreKeyCall = v.strictObject({
  /** Of the newest key as the caller knows it: a call sent twice rotates once. */
  generation: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

/** Refuses `already_exists` where the key was rotated meanwhile. */
export async function rotateCentreKey(
  { env }: Desk,
  { generation }: v.InferOutput<typeof RotateCentreKeyCall>,
): Promise<Result<{ readonly generation: number }>> {
  const [newest] = await clearingOf(env).listCentreKeys();
  if (newest?.generation === generation + 1) return accept({ generation: newest.generation });
  if (newest?.generation !== generation) return refuse('already_exists', 'The key was rotated meanwhile.');
  const rotated = await clearingOf(env).rotateCentreKey();
  forgetProgramme();
  return rotated;
}
