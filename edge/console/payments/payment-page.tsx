import type { AccountNumber, MerchantNo, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { REFUSALS, type RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { LinkView } from '../../ledger/offline/describe-link.ts';
import type { AttemptKind } from '../../ledger/payments/attempts.ts';
import type { CarriedState } from '../../ledger/payments/carried-requests.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { OfflineFacts } from '../offline/offline-facts.tsx';
import { CopyButton } from '../parts/code-slip.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { formatAccountNumber, formatFigure, formatMoney } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { ATTEMPT_WORDS, type ShownPaymentStatus } from './payment-table.tsx';

/** A refused attempt to pay, with its reason. */
export interface AttemptRow {
  readonly atMs: number;
  readonly kind: AttemptKind;
  readonly code: RefusalCode;
  readonly amountMinor: number;
  readonly cardEnding?: string | undefined;
  readonly documentHash: string;
}

/** One signed document, by the hash of its bytes. */
export interface EvidenceLine {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
}

export interface PaymentFacts {
  readonly traceKey: TraceKey;
  readonly status: ShownPaymentStatus;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  readonly terminalId: string;
  readonly operatorNo: string;
  /** As the shop lists the cashier now. */
  readonly operatorName?: string | undefined;
  readonly acquirer: string;
  readonly transType: string;
  readonly batchNo: string;
  readonly voucherNo: string;
  readonly amountMinor: number;
  readonly requestHash: string;
  /** Of a request that was handed in and that was lawful. */
  readonly request?:
    | {
        readonly requestedAtMs: number;
        readonly submittedAtMs: number;
        readonly expiresAtMs: number;
        /** Where the customer's phone brought it, for the till had no network. */
        readonly carried?: CarriedState | undefined;
      }
    | undefined;
  readonly paid?:
    | {
        readonly accountNumber: AccountNumber;
        readonly authorisationHash: string;
        readonly sequence: number;
        readonly previousHash: string;
        readonly decidedAtMs: number;
        /** When the customer paid, where that was before the books heard of it. */
        readonly paidAtMs?: number | undefined;
        readonly receipt: string;
        /** Where the till scanned the customer. */
        readonly payCode?: { readonly capMinor: number; readonly createdAtMs: number } | undefined;
        /** Where the phone had money set aside for paying without network. */
        readonly offline?: LinkView | undefined;
      }
    | undefined;
  readonly evidence: readonly EvidenceLine[];
  readonly attempts: readonly AttemptRow[];
}

/** One payment: what was asked, who consented, how it ended, and what proves it. */
export function PaymentPage({ view, payment }: { view: ConsoleView; payment: PaymentFacts }) {
  const { currency, timeZone } = view.programme;
  const { status, amountMinor, shopName, request, paid, attempts, evidence } = payment;
  const participant = view.participant.code;
  return (
    <ConsolePage
      view={view}
      title={formatMoney(amountMinor, currency)}
      mark={<StatusChip state={status} />}
      lead={shopName}
      up={{ name: 'Payments', href: places.payments(participant) }}
      actions={
        <button class="button" type="button" data-print hidden>
          Print
        </button>
      }
    >
      <div class="beside even" id="payment" data-refresh-seconds={status === 'waiting' ? 2 : undefined}>
        <Section title="Request" id="request">
          <dl class="facts plain">
            <dt>Payment number</dt>
            <dd class="code">{payment.traceKey}</dd>
            <dt>Merchant no.</dt>
            <dd>
              <a class="code" href={places.merchant(participant, payment.merchantNo)}>
                {payment.merchantNo}
              </a>
              <span class="under">{shopName}</span>
            </dd>
            <dt>Terminal id</dt>
            <dd class="code">{payment.terminalId}</dd>
            <dt>Operator no.</dt>
            <dd>
              <span class="code">{payment.operatorNo}</span> {payment.operatorName}
            </dd>
            <dt>Acquirer</dt>
            <dd class="code">{payment.acquirer}</dd>
            <dt>Transaction</dt>
            <dd>{payment.transType}</dd>
            <dt>Batch no.</dt>
            <dd class="code">{payment.batchNo}</dd>
            <dt>Voucher no.</dt>
            <dd class="code">{payment.voucherNo}</dd>
            <dt>Amount</dt>
            <dd>{formatMoney(amountMinor, currency)}</dd>
            {request && <RequestTimes request={request} timeZone={timeZone} isPaid={status === 'paid'} />}
          </dl>
        </Section>
        <Section title="Outcome" id="outcome">
          <Outcome view={view} payment={payment} />
        </Section>
      </div>

      {attempts.length > 0 && (
        <Section title="Refused attempts" id="attempts" note="None of them moved money.">
          <DataTable
            caption="Refused attempts"
            columns={[
              {
                label: 'Time',
                kind: 'key',
                cell: ({ atMs }: AttemptRow) => <Moment atMs={atMs} timeZone={timeZone} shape="dayTime" />,
              },
              { label: 'What', cell: ({ kind }: AttemptRow) => ATTEMPT_WORDS[kind] },
              {
                label: 'Reason',
                cell: ({ code }: AttemptRow) => (
                  <span>
                    {REFUSALS[code].meaning}
                    <span class="under code">{code}</span>
                  </span>
                ),
              },
              {
                label: 'Card',
                kind: 'key',
                cell: ({ cardEnding }: AttemptRow) => (cardEnding ? `•••• ${cardEnding}` : ''),
              },
              {
                label: 'Amount',
                unit: currency.code,
                kind: 'figure',
                cell: (row: AttemptRow) => formatFigure(row.amountMinor, currency),
              },
            ]}
            rows={attempts}
            empty=""
          />
        </Section>
      )}

      <Section
        title="Evidence"
        id="evidence"
        note="Hashes (SHA-256) of what was signed: the same documents always have the same."
      >
        <dl class="facts plain long">
          <dt>Request hash</dt>
          <dd class="hash">{payment.requestHash}</dd>
          {paid && (
            <>
              <dt>{paid.payCode ? 'Pay code’s content' : 'Authorisation’s content'}</dt>
              <dd class="hash">{paid.authorisationHash}</dd>
              <dt>Journal entry before</dt>
              <dd class="hash">{paid.previousHash}</dd>
            </>
          )}
          {evidence.map(({ name, hash, bytes }) => (
            <>
              <dt>{name}</dt>
              <dd>
                <span class="hash">{hash}</span> <span class="small quiet">{bytes} bytes</span>
              </dd>
            </>
          ))}
          {paid && (
            <>
              <dt>Receipt, signed by the centre</dt>
              <dd>
                <details class="behind">
                  <summary>Show the document</summary>
                  <p class="hash">{paid.receipt}</p>
                  <div class="buttons">
                    <CopyButton text={paid.receipt}>Copy</CopyButton>
                  </div>
                </details>
              </dd>
            </>
          )}
        </dl>
      </Section>
    </ConsolePage>
  );
}

const CARRIED_WORDS: Readonly<Record<CarriedState, string>> = {
  'not-matched': 'by the customer’s phone: the till had no network, and has not handed it in yet',
  matched: 'by the customer’s phone; the till handed in the same later',
};

interface RequestTimesProps {
  readonly request: NonNullable<PaymentFacts['request']>;
  readonly timeZone: string;
  readonly isPaid: boolean;
}

function RequestTimes({ request, timeZone, isPaid }: RequestTimesProps) {
  return (
    <>
      <dt>Made at the till</dt>
      <dd>
        <Moment atMs={request.requestedAtMs} timeZone={timeZone} shape="full" />
      </dd>
      <dt>Handed in</dt>
      <dd>
        <Moment atMs={request.submittedAtMs} timeZone={timeZone} shape="full" />
        {request.carried && <span class="quiet"> {CARRIED_WORDS[request.carried]}</span>}
      </dd>
      {!isPaid && (
        <>
          <dt>Could be paid until</dt>
          <dd>
            <Moment atMs={request.expiresAtMs} timeZone={timeZone} shape="full" />
          </dd>
        </>
      )}
    </>
  );
}

function Outcome({ view, payment }: { view: ConsoleView; payment: PaymentFacts }) {
  const { currency, timeZone } = view.programme;
  const { status, paid } = payment;
  if (paid) {
    return (
      <dl class="facts plain">
        <dt>Paid</dt>
        <dd>
          <Moment atMs={paid.paidAtMs ?? paid.decidedAtMs} timeZone={timeZone} shape="full" />
        </dd>
        {paid.paidAtMs !== undefined && (
          <>
            <dt>Settled</dt>
            <dd>
              <Moment atMs={paid.decidedAtMs} timeZone={timeZone} shape="full" />
            </dd>
          </>
        )}
        <dt>Card</dt>
        <dd class="code">
          <a href={places.account(paid.accountNumber)}>{formatAccountNumber(paid.accountNumber)}</a>
        </dd>
        <dt>How</dt>
        <dd>
          {paid.payCode ? (
            <>
              The till scanned the customer’s pay code, good for up to {formatMoney(paid.payCode.capMinor, currency)},
              made at <Moment atMs={paid.payCode.createdAtMs} timeZone={timeZone} shape="time" />
            </>
          ) : (
            'The customer scanned the till’s code'
          )}
        </dd>
        {paid.offline && <OfflineFacts payment={payment} link={paid.offline} timeZone={timeZone} />}
        <dt>Issuer</dt>
        <dd class="code">{paid.accountNumber.slice(0, 6)}</dd>
        <dt>Journal entry</dt>
        <dd class="figures">{paid.sequence}</dd>
      </dl>
    );
  }
  return <p>{OUTCOME_WORDS[status]}</p>;
}

const OUTCOME_WORDS: Readonly<Record<ShownPaymentStatus, string>> = {
  paid: '',
  waiting: 'The till shows its code and waits for a customer. No money has moved.',
  cancelled: 'The shop withdrew the request. No money has moved, and it cannot be paid any more.',
  expired: 'Nobody paid in time. No money has moved, and it cannot be paid any more.',
  refused: 'The attempt was refused. No money has moved.',
};
