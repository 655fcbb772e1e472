import type { LinkView } from '../../ledger/offline/describe-link.ts';
import { Moment } from '../parts/moment.tsx';
import type { PaymentFacts } from '../payments/payment-page.tsx';
import { nameSource } from './describe-settlement.ts';
import { formatDuration } from './format-duration.ts';

interface OfflineFactsProps {
  readonly payment: PaymentFacts;
  readonly link: LinkView;
  readonly timeZone: string;
}

/** How a payment out of an allowance went: taken without network or not, by whom and how late it came in, and who paid. */
export function OfflineFacts({ payment, link, timeZone }: OfflineFactsProps) {
  const { acceptedAtMs, settledAtMs, handedInBy, settledFrom } = link;
  const lateMs = settledAtMs - (payment.request?.expiresAtMs ?? settledAtMs);
  const hand = handedInBy === 'till' ? 'the till' : 'the customer’s phone';
  return (
    <>
      {(acceptedAtMs !== undefined || lateMs > 0) && (
        <>
          <dt>Without network</dt>
          <dd>
            {acceptedAtMs === undefined ? (
              <>Nobody’s till has said yet that it took it. Handed in by {hand}</>
            ) : (
              <>
                Taken by the till on its own at <Moment atMs={acceptedAtMs} timeZone={timeZone} shape="full" />, handed
                in by {hand} {formatDuration(settledAtMs - acceptedAtMs)} later
              </>
            )}
            {lateMs > 0 && <span class="under">{formatDuration(lateMs)} after the request’s end</span>}
          </dd>
        </>
      )}
      <dt>Paid from</dt>
      <dd>
        {settledFrom === 'guarantee' ? (
          <>
            <strong>The programme’s guarantee</strong>
            <span class="under">
              The money was spent twice. The till kept its rules, so the shop is paid, and the customer owes it.
            </span>
          </>
        ) : (
          nameSource(settledFrom)
        )}
      </dd>
    </>
  );
}
