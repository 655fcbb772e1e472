/**
 * Every bound of the protocol in one place: why this number, and what happens past it.
 * Programme settings may only be stricter.
 */
export const BOUNDS = {
  /** Largest amount of one payment, minor units. Below 2^53 by far, so that sums of a million payments stay exact. Past it: `amount_out_of_bounds`. */
  amountMinorMax: 100_000_000,
  /** A document larger than this is refused before it is parsed (`document_malformed`): the largest honest one is under 800 bytes. */
  documentBytesMax: 2_048,
  /** Nesting of CBOR accepted; documents are flat maps, an allowance or assertion adds one level. */
  cborDepthMax: 4,
  /** Text of a code accepted by a scanner; QR version 40 holds 4,296 alphanumeric characters. Past it: `code_unreadable`. */
  codeTextCharsMax: 4_296,
  /** How long a request can be paid after it was made, by default and at most. Past it: `request_expired`. */
  requestValidSeconds: 120,
  requestValidSecondsMax: 600,
  /** How far a device's corrected clock may be off before its document is refused (`clock_off`). */
  clockToleranceSeconds: 120,
  /** An authorisation reaches the centre within this time or is refused (`authorisation_expired`). */
  authorisationValidSeconds: 120,
  /** Consents one allowance may give, burnt ones among them: a wallet names them all when it closes the allowance. Past it: `allowance_exceeded`. */
  allowanceCountMax: 50,
  /** Longest life of an allowance, and longest time after its end in which a payment out of it may still come in. */
  allowanceValidSecondsMax: 7 * 24 * 3600,
  claimWindowSecondsMax: 30 * 24 * 3600,
  /** Withdrawn allowances in one `RevocationList`, so that it stays below `documentBytesMax`. */
  revocationsPerListMax: 200,
  /** Random bytes a terminal puts in each request: the freshness of the passkey's challenge (WebAuthn L3 asks for at least 16). */
  nonceBytes: 16,
  /**
   * Payload of a twin code, so that each of its two codes stays within QR version 15 at level L (758 alphanumeric characters,
   * 473 bytes in base32): split carries half of it beside a share of the key, cross-check all of it in both.
   */
  splitPayloadBytesMax: 800,
  crossCheckPayloadBytesMax: 400,
  /** How long a pay code can be charged after the passkey consented to it. Past it: `pay_code_expired`. */
  payCodeValidSeconds: 60,
  payCodeValidSecondsMax: 60,
  /**
   * A charge may reach the books so long after its pay code's end: its last codes were scanned in time and were on their way.
   * A customer counts on the end; so it is the books' own clock that says it, and no till's. Past it: `pay_code_expired`.
   */
  payCodeGraceSeconds: 5,
  /** How long a hand-in may take on its way before the terminal's clock is held to be off (`clock_off`). */
  chargeDelaySecondsMax: 20,
  /** Characters of a shop's, card's or person's name. */
  nameCharsMax: 40,
  /** A shop's name in UTF-8 bytes: keeps a till's code within QR version 15 with an origin of up to 36 characters. */
  shopNameBytesMax: 32,
  /** What WebAuthn clients may add to clientDataJSON after the specified members; Chromium's longest was 109 bytes. */
  clientDataSuffixBytesMax: 512,
  /** Authenticator data: 37 bytes, more only with extensions. */
  authenticatorDataBytesMax: 512,
  /** Body of any API call. Past it: `body_too_large`, counted while streaming, before any parsing. */
  bodyBytesMax: 65_536,
} as const;
