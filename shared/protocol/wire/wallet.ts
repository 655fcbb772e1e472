import * as v from 'valibot';
import { DisplayName } from '../documents/fields.ts';
import { AccountNumber } from '../identifiers.ts';
import { ContentKeyAnswer, ProgrammeAnswer } from './programme.ts';
import { base64urlOf, Code, DocumentText, TimeMs, WebAuthnResponse } from './scalars.ts';

/** A card in the wallet. */
export const CardAnswer = v.object({
  accountNumber: AccountNumber,
  accountToken: base64urlOf(16),
  label: v.string(),
  status: v.picklist(['open', 'frozen', 'closed']),
  /** Posted balance less holds, minor units. */
  availableMinor: v.number(),
  certificate: DocumentText,
  /** Makes the check values of cross-check codes; known to this wallet and the centre alone. */
  secret: v.optional(base64urlOf(32)),
  /** Held for payments without network, minor units; not in `availableMinor`. */
  reservedMinor: v.optional(v.number(), 0),
  /** The part of it that this phone cannot pay from, and when it is free again; `isElsewhere`: another phone still can. */
  releases: v.optional(
    v.array(v.object({ amountMinor: v.number(), atMs: TimeMs, isElsewhere: v.optional(v.boolean()) })),
    [],
  ),
  /** Edition of the terms that this phone rehearsed and agreed to; absent: it is granted no allowance. */
  offlineTermsVersion: v.optional(v.number()),
});
export type CardAnswer = v.InferOutput<typeof CardAnswer>;

/** One movement on a card, newest first. Negative amounts left the card. */
export const MovementAnswer = v.object({
  sequence: v.number(),
  accountNumber: AccountNumber,
  kind: v.picklist(['payment', 'top-up', 'adjustment']),
  amountMinor: v.number(),
  /** When it was booked. */
  atMs: TimeMs,
  /** Of a payment without network that was booked after its request had ended: when the customer paid. */
  paidAtMs: v.optional(TimeMs),
  shopName: v.optional(v.string()),
  receipt: v.optional(DocumentText),
});
export type MovementAnswer = v.InferOutput<typeof MovementAnswer>;

/** POST /api/v1/wallet/registration-options. Answer: `CeremonyAnswer`. */
export const WalletRegistrationOptionsCall = v.strictObject({ name: DisplayName });
/** POST /api/v1/wallet/sign-in-options. Answer: `CeremonyAnswer`. */
export const WalletSignInOptionsCall = v.strictObject({});

/** POST /api/v1/wallet/registration and /sign-in: the passkey's answer and the device key's proof (`DeviceBinding`). Sets the session cookie. */
export const WalletCeremonyCall = v.strictObject({
  ceremony: v.pipe(v.string(), v.maxLength(64)),
  response: WebAuthnResponse,
  binding: DocumentText,
});

/** Answer to registration, sign-in, POST /api/v1/wallet/sync, /cards and /cards/claim. */
export const WalletAnswer = v.object({
  programme: ProgrammeAnswer,
  customerName: v.string(),
  /** The passkey that pays, for `allowCredentials`. */
  credentialId: v.string(),
  cards: v.array(CardAnswer),
  contentKeys: v.array(ContentKeyAnswer),
});
export type WalletAnswer = v.InferOutput<typeof WalletAnswer>;

/** POST /api/v1/wallet/cards: opens a further card (account). */
export const AddCardCall = v.strictObject({ label: DisplayName });
/** POST /api/v1/wallet/cards/claim: takes over a card that the programme issued, by its one-time code. */
export const ClaimCardCall = v.strictObject({ claimCode: v.pipe(v.string(), v.maxLength(400)) });

/** GET /api/v1/wallet/movements?before=sequence: 50 at a time. */
export const MovementsAnswer = v.object({ movements: v.array(MovementAnswer) });
export type MovementsAnswer = v.InferOutput<typeof MovementsAnswer>;

/** Answer to POST /api/v1/wallet/allowance: the card with its certificate, which grants the allowance where one was granted. */
export const AllowanceAnswer = v.object({
  card: CardAnswer,
  /** Why none was granted though it was wanted. */
  refusal: v.optional(Code),
});
export type AllowanceAnswer = v.InferOutput<typeof AllowanceAnswer>;
