import * as v from 'valibot';
import { ProgrammeId } from '../identifiers.ts';
import { DEFAULT_OFFLINE_SETTINGS, OfflineSettings } from './offline.ts';
import { DEFAULT_PAY_CODE_SETTINGS, PayCodeSettings } from './pay-codes.ts';
import { base64urlOf, Currency, DocumentText, TimeMs } from './scalars.ts';

/** GET /api/v1/programme: what any app needs before it is enrolled; nothing in it is secret. */
export const ProgrammeAnswer = v.object({
  programme: ProgrammeId,
  name: v.string(),
  currency: Currency,
  /** True where the operator opened a demo: shown on every screen. */
  demo: v.boolean(),
  centreTimeMs: TimeMs,
  /** Announcements of the centre's keys, first to newest, each signed by the one before. */
  centreKeys: v.array(DocumentText),
  walletOrigin: v.string(),
  posOrigin: v.string(),
  rpId: v.string(),
  /** Largest payment, minor units. */
  amountMinorMax: v.number(),
  requestValidSeconds: v.number(),
  /** Absent in what a device stored before there were pay codes. */
  payCode: v.optional(PayCodeSettings, DEFAULT_PAY_CODE_SETTINGS),
  /** The same of offline payments. */
  offline: v.optional(OfflineSettings, DEFAULT_OFFLINE_SETTINGS),
});
export type ProgrammeAnswer = v.InferOutput<typeof ProgrammeAnswer>;

/** One day's key that seals codes. Only in answers to signed-in terminals and wallets. */
export const ContentKeyAnswer = v.object({ day: v.number(), key: base64urlOf(32) });
export type ContentKeyAnswer = v.InferOutput<typeof ContentKeyAnswer>;
