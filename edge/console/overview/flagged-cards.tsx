import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { REFUSALS, type RefusalCode } from '../../../shared/protocol/refusals.ts';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { formatAccountNumber, formatCount } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

/** A card whose pay codes were tried and refused more often than an honest customer's are. */
export interface FlaggedCard {
  readonly accountNumber: AccountNumber;
  readonly tries: number;
  readonly lastAtMs: number;
  /** Entry of the newest try, up to which the flag is seen. */
  readonly lastSequence: number;
  readonly reasons: readonly { readonly code: RefusalCode; readonly count: number }[];
}

/** Shown only where there is one: each stays until an administrator has looked at it. */
export function FlaggedCards({ view, cards }: { view: ConsoleView; cards: readonly FlaggedCard[] }) {
  if (cards.length === 0) return null;
  const { timeZone } = view.programme;
  return (
    <Section
      title="Cards with many refused tries"
      id="flagged-cards"
      note="Somebody tried their pay codes again and again. No money moved; further tries have to wait."
    >
      <DataTable
        caption="Cards with many refused tries"
        columns={[
          {
            label: 'Card',
            kind: 'key',
            cell: ({ accountNumber }: FlaggedCard) => (
              <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>
            ),
          },
          {
            label: 'Refused tries',
            kind: 'figure',
            cell: ({ tries }: FlaggedCard) => formatCount(tries),
          },
          {
            label: 'Last',
            kind: 'key',
            cell: ({ lastAtMs }: FlaggedCard) => <Moment atMs={lastAtMs} timeZone={timeZone} shape="dayTime" />,
          },
          {
            label: 'Reasons',
            cell: ({ reasons }: FlaggedCard) => (
              <span>
                {reasons.map(({ code, count }, index) => (
                  <span class={index === 0 ? undefined : 'under'}>
                    {formatCount(count)} × {REFUSALS[code].meaning}
                  </span>
                ))}
              </span>
            ),
          },
          {
            label: 'Mark as seen',
            kind: 'act',
            cell: ({ accountNumber, lastSequence }: FlaggedCard) => (
              <PostForm action={places.flaggedCards(view.participant.code)} isInline>
                <input type="hidden" name="accountNumber" value={accountNumber} />
                <input type="hidden" name="lastSequence" value={String(lastSequence)} />
                <button class="link-button" type="submit">
                  Mark as seen<span class="visually-hidden"> card {formatAccountNumber(accountNumber)}</span>
                </button>
              </PostForm>
            ),
          },
        ]}
        rows={cards}
        empty=""
      />
    </Section>
  );
}
