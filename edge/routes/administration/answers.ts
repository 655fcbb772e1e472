import * as v from 'valibot';
import { BalanceMinor } from '../../../shared/protocol/amount.ts';
import {
  AccountNumber,
  MerchantNo,
  OperatorNo,
  ParticipantCode,
  TerminalId,
  TraceKey,
} from '../../../shared/protocol/identifiers.ts';
import { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import { PayCodeSettings } from '../../../shared/protocol/wire/pay-codes.ts';
import { DocumentText, TimeMs } from '../../../shared/protocol/wire/scalars.ts';

/* What `/api/v1/administration/…` answers: the created or changed thing, or a list under its name. */

const PartyStatus = v.picklist(['open', 'closed']);
const AccountStatus = v.picklist(['open', 'frozen', 'closed']);

export const ParticipantAnswer = v.object({ code: ParticipantCode, name: v.string() });
export const ParticipantsAnswer = v.object({ participants: v.array(ParticipantAnswer) });

export const SettingsAnswer = v.object({
  name: v.string(),
  timeZone: v.string(),
  amountMinorMax: v.number(),
  requestValidSeconds: v.number(),
  payCode: PayCodeSettings,
  offline: OfflineSettings,
});

export const CentreKeyAnswer = v.object({
  generation: v.number(),
  keyId: v.pipe(v.string(), v.description('as it stands in documents, hex')),
  publicKey: v.pipe(v.string(), v.description('Ed25519, base64url')),
  validFromMs: TimeMs,
});
export const CentreKeysAnswer = v.object({ centreKeys: v.array(CentreKeyAnswer) });
export const RotationAnswer = v.object({ generation: v.number() });

/** Readable here and never again: only its hash is kept. */
export const FreshCodeAnswer = v.object({ code: v.string(), expiresAtMs: TimeMs });
export const LinkedCodeAnswer = v.object({ ...FreshCodeAnswer.entries, link: v.string() });

export const MerchantAnswer = v.object({
  merchantNo: MerchantNo,
  name: v.string(),
  status: PartyStatus,
  accountNumber: AccountNumber,
  terminalCount: v.number(),
  createdAtMs: TimeMs,
});
export const MerchantsAnswer = v.object({ merchants: v.array(MerchantAnswer) });

export const TerminalAnswer = v.object({
  terminalId: TerminalId,
  merchantNo: MerchantNo,
  shopName: v.string(),
  status: PartyStatus,
  activatedAtMs: v.optional(TimeMs),
  codeExpiresAtMs: v.optional(TimeMs),
  createdAtMs: TimeMs,
});
export const TerminalsAnswer = v.object({ terminals: v.array(TerminalAnswer) });

export const OperatorAnswer = v.object({
  operatorNo: OperatorNo,
  name: v.string(),
  status: PartyStatus,
  hasPasskey: v.boolean(),
  createdAtMs: TimeMs,
});
export const OperatorsAnswer = v.object({ operators: v.array(OperatorAnswer) });
export const EnrolledOperatorAnswer = v.object({ operator: OperatorAnswer, enrolment: FreshCodeAnswer });

export const CardAnswer = v.object({
  accountNumber: AccountNumber,
  label: v.string(),
  customerName: v.optional(v.string()),
  status: AccountStatus,
  availableMinor: BalanceMinor,
  createdAtMs: TimeMs,
});
export const CardsAnswer = v.object({ accounts: v.array(CardAnswer) });
export const IssuedCardAnswer = v.object({ card: CardAnswer, claim: LinkedCodeAnswer });

export const AccountAnswer = v.object({
  accountNumber: AccountNumber,
  kind: v.picklist(['customer', 'merchant', 'issuance', 'guarantee']),
  status: AccountStatus,
  balanceMinor: BalanceMinor,
  heldMinor: BalanceMinor,
  availableMinor: BalanceMinor,
  openedAtMs: TimeMs,
  statusChanges: v.array(v.object({ atMs: TimeMs, status: AccountStatus, reason: v.string(), by: v.string() })),
});

export const AccountFlagsAnswer = v.object({
  flags: v.array(
    v.object({
      accountNumber: AccountNumber,
      raisedAtMs: TimeMs,
      tries: v.number(),
      lastAtMs: TimeMs,
      lastSequence: v.number(),
      reasons: v.array(v.object({ code: v.string(), count: v.number() })),
    }),
  ),
});

export const BookedTransferAnswer = v.object({ sequence: v.number(), atMs: TimeMs, amountMinor: BalanceMinor });

/** Of a payment without network that was booked after its request had ended: when the customer paid. */
const PaidAtMs = v.optional(TimeMs);

export const MovementsAnswer = v.object({
  movements: v.array(
    v.object({
      accountNumber: AccountNumber,
      sequence: v.number(),
      kind: v.picklist(['payment', 'top-up', 'adjustment']),
      atMs: TimeMs,
      paidAtMs: PaidAtMs,
      amountMinor: BalanceMinor,
      traceKey: v.optional(TraceKey),
      shopName: v.optional(v.string()),
      receipt: v.optional(DocumentText),
    }),
  ),
});

const AttemptKind = v.picklist(['submission', 'authorisation', 'cancellation', 'charge']);

const PaymentStatus = v.picklist(['waiting', 'paid', 'cancelled', 'expired', 'refused']);

export const PaymentsAnswer = v.object({
  rows: v.array(
    v.object({
      /** Absent from a refused attempt that proved none: its document was bad in itself. */
      traceKey: v.optional(TraceKey),
      terminalId: TerminalId,
      status: PaymentStatus,
      atMs: TimeMs,
      paidAtMs: PaidAtMs,
      merchantNo: MerchantNo,
      shopName: v.string(),
      operatorNo: v.optional(OperatorNo),
      amountMinor: v.optional(BalanceMinor),
      cardEnding: v.optional(v.string()),
      refusedAttempts: v.number(),
      /** Of a refused attempt: what came in, and why it was refused. */
      refused: v.optional(v.object({ kind: AttemptKind, code: v.string() })),
    }),
  ),
  nextBefore: v.optional(v.number()),
});

const HexHash = v.pipe(v.string(), v.description('SHA-256, hex'));

export const PaymentDetailsAnswer = v.object({
  traceKey: TraceKey,
  status: PaymentStatus,
  merchantNo: MerchantNo,
  shopName: v.string(),
  terminalId: TerminalId,
  operatorNo: OperatorNo,
  acquirer: ParticipantCode,
  transType: v.string(),
  batchNo: v.string(),
  voucherNo: v.string(),
  amountMinor: BalanceMinor,
  requestHash: HexHash,
  request: v.optional(
    v.object({
      requestedAtMs: TimeMs,
      submittedAtMs: TimeMs,
      expiresAtMs: TimeMs,
      /** Where the customer's phone brought it, for the till had no network: whether the till has handed the same in since. */
      carried: v.optional(v.picklist(['not-matched', 'matched'])),
    }),
  ),
  paid: v.optional(
    v.object({
      accountNumber: AccountNumber,
      authorisationHash: HexHash,
      sequence: v.number(),
      previousHash: HexHash,
      decidedAtMs: TimeMs,
      paidAtMs: PaidAtMs,
      receipt: DocumentText,
      /** Where the till scanned the customer. */
      payCode: v.optional(v.object({ capMinor: BalanceMinor, createdAtMs: TimeMs })),
      /** Where the phone had money set aside for paying without network. */
      offline: v.optional(
        v.object({
          counter: v.number(),
          cumulativeMinor: BalanceMinor,
          settledFrom: v.picklist(['reserve', 'available', 'guarantee']),
          settledAtMs: TimeMs,
          handedInBy: v.picklist(['till', 'wallet']),
          /** When the till took it on its own, where its word has come in. */
          acceptedAtMs: v.optional(TimeMs),
        }),
      ),
    }),
  ),
  evidence: v.array(v.object({ name: v.string(), hash: HexHash, bytes: v.number() })),
  attempts: v.array(
    v.object({
      atMs: TimeMs,
      kind: AttemptKind,
      code: v.string(),
      amountMinor: BalanceMinor,
      cardEnding: v.optional(v.string()),
      documentHash: HexHash,
    }),
  ),
});

export const TrialBalanceAnswer = v.object({
  lines: v.array(
    v.object({
      kind: v.picklist(['customer', 'merchant', 'issuance', 'guarantee']),
      accounts: v.number(),
      debitsMinor: BalanceMinor,
      creditsMinor: BalanceMinor,
      heldMinor: BalanceMinor,
    }),
  ),
  debitsMinor: BalanceMinor,
  creditsMinor: BalanceMinor,
  moneyInMinor: BalanceMinor,
  availableMinor: BalanceMinor,
  heldMinor: BalanceMinor,
  reservedMinor: BalanceMinor,
  owedToMerchantsMinor: BalanceMinor,
  guaranteeMinor: BalanceMinor,
  entries: v.number(),
  checkedEntries: v.number(),
  faults: v.array(v.string()),
  readAtMs: TimeMs,
});

export const BooksCheckAnswer = v.object({
  isWhole: v.boolean(),
  faults: v.array(v.string()),
  entries: v.number(),
  verifiedPayments: v.number(),
});

export const TakingsAnswer = v.object({
  takings: v.array(v.object({ accountNumber: AccountNumber, takingsMinor: BalanceMinor, payments: v.number() })),
});
