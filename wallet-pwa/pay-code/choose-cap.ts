import type { AmountMinor } from '../../shared/protocol/amount.ts';

/** What a code allows unless the person, the card or the programme says less: enough for a meal. In whole units of the currency. */
const DEFAULT_UNITS = 25;

/** Amounts that people think in, up to a hundred; above they repeat, ten times as large. */
const RUNGS = [1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100] as const;
const LARGE_RUNGS = [150, 200, 250, 300, 400, 500, 750, 1_000] as const;

export interface CapLimits {
  /** Of the currency: digits after the point. */
  readonly exponent: number;
  /** On the card, as far as this phone knows. */
  readonly availableMinor: number;
  /** Above this the shop's amount needs a passkey of its own, so a higher cap would allow nothing more. */
  readonly stepUpMinor: number;
  /** The programme's largest payment. */
  readonly amountMinorMax: number;
}

/** The largest cap that makes sense here. */
export function capMaxOf({ stepUpMinor, amountMinorMax }: CapLimits): AmountMinor {
  return Math.min(stepUpMinor, amountMinorMax) as AmountMinor;
}

/**
 * What a code starts with: the cap chosen last, or the default, but no more than is on the card and than makes sense. A card that
 * looks empty limits nothing: money may have come in that this phone has not heard of.
 */
export function chooseCap(limits: CapLimits, lastCapMinor?: number): AmountMinor {
  const wantedMinor = lastCapMinor ?? DEFAULT_UNITS * 10 ** limits.exponent;
  const onCardMinor = limits.availableMinor > 0 ? limits.availableMinor : wantedMinor;
  return Math.min(wantedMinor, onCardMinor, capMaxOf(limits)) as AmountMinor;
}

/** The next amount up (1) or down (-1); the same at the end of the way. What is on the card, and the most there is, are rungs too. */
export function stepCap(capMinor: AmountMinor, direction: 1 | -1, limits: CapLimits): AmountMinor {
  const max = capMaxOf(limits);
  const rungs = [...ladder(limits.exponent, max), limits.availableMinor, max]
    .filter((rung) => rung > 0 && rung <= max)
    .sort((left, right) => left - right);
  const next = direction === 1 ? rungs.find((rung) => rung > capMinor) : rungs.findLast((rung) => rung < capMinor);
  return (next ?? capMinor) as AmountMinor;
}

function ladder(exponent: number, max: number): number[] {
  const unit = 10 ** exponent;
  const rungs = RUNGS.map((rung) => rung * unit);
  for (let scale = unit; LARGE_RUNGS[0] * scale <= max; scale *= 10) {
    rungs.push(...LARGE_RUNGS.map((rung) => rung * scale));
  }
  return rungs;
}
