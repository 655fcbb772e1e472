import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { base64urlOf, DocumentText, wholeBetween } from './scalars.ts';

/** How much may be paid with no network on either side, and who waits how long for what: the programme's settings, sent to both apps. */
export const OfflineSettings = v.pipe(
  v.object({
    /** Off: no allowance is granted, and no till takes anything on its own. */
    isOn: v.boolean(),
    /** Of the wallet: all it may pay out of one allowance, the largest payment, how many. */
    limitMinor: AmountMinor,
    paymentMaxMinor: AmountMinor,
    countMax: wholeBetween(1, BOUNDS.allowanceCountMax),
    /** How long an allowance lasts. */
    validSeconds: wholeBetween(300, BOUNDS.allowanceValidSecondsMax),
    /** How long after an allowance's end a payment out of it may still come in; then what is left goes back. */
    claimSeconds: wholeBetween(300, BOUNDS.claimWindowSecondsMax),
    /** Of the till, between two of its syncs: out of one allowance, in all, and how many. */
    tillPerAllowanceMinor: AmountMinor,
    tillTotalMinor: AmountMinor,
    tillCountMax: wholeBetween(1, 10_000),
    /** How old its last sync and its list of withdrawn allowances may be. A till that waits longer comes too late. */
    tillAgeSeconds: wholeBetween(300, BOUNDS.claimWindowSecondsMax),
  }),
  v.forward(
    v.check(({ tillAgeSeconds, claimSeconds }) => tillAgeSeconds <= claimSeconds, 'at most claimSeconds'),
    ['tillAgeSeconds'],
  ),
);
export type OfflineSettings = v.InferOutput<typeof OfflineSettings>;

export const DEFAULT_OFFLINE_SETTINGS: OfflineSettings = v.parse(OfflineSettings, {
  isOn: true,
  limitMinor: 5_000,
  paymentMaxMinor: 2_500,
  countMax: 5,
  validSeconds: 24 * 3600,
  claimSeconds: 72 * 3600,
  tillPerAllowanceMinor: 2_500,
  tillTotalMinor: 50_000,
  tillCountMax: 500,
  tillAgeSeconds: 72 * 3600,
});

/** The edition of the table of losses that both sides agree to; a new edition asks them again. */
export const TERMS_VERSION = 1;

/**
 * POST /api/v1/wallet/allowance, over the wallet's session: closes the allowance before, where there is one, and asks for the
 * next. Repeatable: a closing that was taken before changes nothing. Answer: `AllowanceAnswer`.
 */
export const AllowanceCall = v.strictObject({
  accountToken: base64urlOf(16),
  /** COSE_Sign1 of a `ClosingStatement`, by the device key that the certificate names. */
  closing: v.optional(DocumentText),
  /** COSE_Sign1 of a `Rehearsal` and the passkey's assertion on its hash: once per phone and edition of the terms. */
  rehearsal: v.optional(v.strictObject({ document: DocumentText, assertion: DocumentText })),
  /** False: only close, and let the money be spent with a network. */
  isWanted: v.boolean(),
});
export type AllowanceCall = v.InferOutput<typeof AllowanceCall>;

/** GET /api/v1/revocations?since=VERSION: `RevocationList` documents, one after the other; at least one, however little is new. */
export const RevocationsAnswer = v.object({ lists: v.array(DocumentText) });
export type RevocationsAnswer = v.InferOutput<typeof RevocationsAnswer>;

/** POST /api/v1/terminals/offline-terms: the shop agrees to who bears which loss, or takes that back. Answer: `TerminalAnswer`. */
export const OfflineTermsCall = v.strictObject({
  termsVersion: wholeBetween(1, 1_000),
  hasAgreed: v.boolean(),
});
export type OfflineTermsCall = v.InferOutput<typeof OfflineTermsCall>;
