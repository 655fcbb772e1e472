export interface PaymentTimes {
  /** By the consent's own word, which lies within the request's life. */
  readonly consentedAtMs: number;
  /** The end of the request. */
  readonly expiresAtMs: number;
  /** When the centre booked it. */
  readonly decidedAtMs: number;
}

/**
 * When somebody paid without a network, of a payment that the books heard of after its request had ended.
 * @returns undefined where it was paid when it was booked
 */
export function paidBeforeMs({ consentedAtMs, expiresAtMs, decidedAtMs }: PaymentTimes): number | undefined {
  return decidedAtMs > expiresAtMs ? consentedAtMs : undefined;
}
