import * as v from 'valibot';
import { BalanceMinor } from '../../../shared/protocol/amount.ts';
import { AccountNumber, TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { TimeMs } from '../../../shared/protocol/wire/scalars.ts';

/* What `/api/v1/administration/offline/…` answers. */

const SettledFrom = v.picklist(['reserve', 'available', 'guarantee']);
const Serial = v.pipe(v.string(), v.description('of the wallet certificate that grants it, hex'));

export const ExposureAnswer = v.object({
  /** Set aside on customers' accounts. */
  reservedMinor: BalanceMinor,
  liveAllowances: v.number(),
  liveLimitMinor: BalanceMinor,
  /** What the guarantee paid, what customers owe of it, and what was collected from them. */
  guaranteedMinor: BalanceMinor,
  owedMinor: BalanceMinor,
  collectedMinor: BalanceMinor,
  doubleSpends: v.number(),
  revocationVersion: v.number(),
  terminals: v.array(v.object({ terminalId: TerminalId, guaranteedMinor: BalanceMinor })),
  alarmFailure: v.optional(v.object({ atMs: TimeMs, reason: v.string() })),
});

export const AllowancesAnswer = v.object({
  allowances: v.array(
    v.object({
      serial: Serial,
      accountNumber: AccountNumber,
      /** `ended`: its phone pays nothing out of it any more, and what it did pay may still come in. */
      status: v.picklist(['live', 'ended', 'revoked']),
      phone: v.pipe(v.string(), v.description('beginning of its device key, hex')),
      limitMinor: BalanceMinor,
      reservedMinor: BalanceMinor,
      paidMinor: BalanceMinor,
      payments: v.number(),
      grantedAtMs: TimeMs,
      expiresAtMs: TimeMs,
      claimUntilMs: TimeMs,
      revokedInVersion: v.optional(v.number()),
      isClosed: v.boolean(),
    }),
  ),
});

export const DoubleSpendsAnswer = v.object({
  doubleSpends: v.array(
    v.object({
      id: v.number(),
      accountNumber: AccountNumber,
      allowance: Serial,
      contradiction: v.picklist(['same-place', 'same-predecessor', 'broken-join', 'sum-too-small', 'not-given']),
      amountMinor: BalanceMinor,
      traceKey: TraceKey,
      /** Absent where it is the phone's own closing statement that it contradicts. */
      againstTraceKey: v.optional(TraceKey),
      foundAtMs: TimeMs,
      outcome: v.picklist([...SettledFrom.options, 'refused']),
    }),
  ),
});

export const LateArrivalsAnswer = v.object({
  lateArrivals: v.array(
    v.object({
      traceKey: TraceKey,
      terminalId: TerminalId,
      accountNumber: AccountNumber,
      amountMinor: BalanceMinor,
      consentedAtMs: TimeMs,
      settledAtMs: TimeMs,
      /** After the request's end. */
      lateByMs: v.number(),
      handedInBy: v.picklist(['till', 'wallet']),
      settledFrom: SettledFrom,
      hasAcceptance: v.boolean(),
    }),
  ),
});

export const DebtsAnswer = v.object({
  debts: v.array(
    v.object({
      accountNumber: AccountNumber,
      bookedMinor: BalanceMinor,
      collectedMinor: BalanceMinor,
      owedMinor: BalanceMinor,
      /** Of what is owed: what is on the account now. */
      collectableMinor: BalanceMinor,
      bookedAtMs: TimeMs,
    }),
  ),
});

export const CollectedDebtAnswer = v.object({ collectedMinor: BalanceMinor, owedMinor: BalanceMinor });
