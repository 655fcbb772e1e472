import type { MerchantNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import type { DebtView } from '../../ledger/offline/debts.ts';
import type { Exposure } from '../../ledger/offline/exposure.ts';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { countOf, formatCount, formatFigure, formatMoney } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { places } from '../places.ts';
import { WorstLoss } from '../programme/offline-fields.tsx';
import type { ConsoleView } from '../view.ts';
import { DebtTable } from './debt-table.tsx';
import { OfflineFrame } from './offline-frame.tsx';

/** What the programme paid a shop for, because the money had been spent twice. */
export interface GuaranteeRow {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo | undefined;
  readonly shopName: string;
  readonly guaranteedMinor: number;
}

export interface ExposureFacts {
  readonly exposure: Exposure;
  /** Open tills of shops that agreed to take payments on their own. */
  readonly agreedTills: number;
  /** Open tills that some tablet is. */
  readonly activeTills: number;
  readonly settings: OfflineSettings;
  readonly guarantees: readonly GuaranteeRow[];
  readonly debts: readonly DebtView[];
}

/** What is at stake: what is set aside, what tills may take on their own, what was paid twice, and who owes it. */
export function ExposurePage({ view, facts }: { view: ConsoleView; facts: ExposureFacts }) {
  const { currency, timeZone } = view.programme;
  const { exposure, agreedTills, activeTills, settings, guarantees, debts } = facts;
  const { code } = view.participant;
  const { reservedMinor, liveAllowances, guaranteedMinor, owedMinor } = exposure;
  return (
    <OfflineFrame
      view={view}
      title="Offline"
      lead="What is paid while neither the phone nor the till has a network, and who stands in for it."
    >
      {!settings.isOn && (
        <Notice kind="info">
          Payments without network are off. What was set aside before stays good until it ends.{' '}
          <a href={places.settings}>Settings</a>
        </Notice>
      )}
      {exposure.alarmFailure && (
        <Notice kind="problem">
          What ended is not given back to the cards: {exposure.alarmFailure.reason}{' '}
          <span class="under">
            <Moment atMs={exposure.alarmFailure.atMs} timeZone={timeZone} shape="full" />
          </span>
        </Notice>
      )}
      <div id="exposure" data-refresh-seconds={10}>
        <dl class="today">
          <div>
            <dt>Set aside by phones</dt>
            <dd>{formatMoney(reservedMinor, currency)}</dd>
            <dd class="under">
              <a class="plain" href={places.allowances(code)}>
                {countOf(liveAllowances, 'phone')} can spend now
              </a>
            </dd>
          </div>
          <div>
            <dt>Tills may take at most</dt>
            <dd>{formatMoney(settings.isOn ? agreedTills * settings.tillTotalMinor : 0, currency)}</dd>
            <dd class="under">
              {countOf(agreedTills, 'till')} of {formatCount(activeTills)} agreed
            </dd>
          </div>
          <div>
            <dt>Guaranteed so far</dt>
            <dd>{formatMoney(guaranteedMinor, currency)}</dd>
            <dd class="under">paid to shops for money spent twice</dd>
          </div>
          <div>
            <dt>Owed by customers</dt>
            <dd>{formatMoney(owedMinor, currency)}</dd>
            <dd class="under">{countOf(debts.length, 'card')}</dd>
          </div>
        </dl>
        <p class="worst-loss">
          <WorstLoss settings={settings} activeTills={activeTills} currency={currency} />
        </p>
      </div>
      <Section
        title="What customers owe"
        id="debts"
        note="The programme paid a shop in their place, because a copy of their phone had spent the same money before."
      >
        <DebtTable view={view} rows={debts} />
      </Section>
      <Section
        title="Guaranteed, by till"
        id="guarantees"
        note="Paid by the programme, because the till kept its rules."
      >
        <DataTable
          caption="Guaranteed, by till"
          totalLabel="Total"
          columns={[
            {
              label: 'Till',
              kind: 'key',
              cell: ({ terminalId }: GuaranteeRow) => <a href={places.terminal(code, terminalId)}>{terminalId}</a>,
            },
            {
              label: 'Shop',
              cell: ({ merchantNo, shopName }: GuaranteeRow) =>
                merchantNo ? <a href={places.merchant(code, merchantNo)}>{shopName}</a> : shopName,
            },
            {
              label: 'Guaranteed',
              unit: currency.code,
              kind: 'figure',
              cell: (row: GuaranteeRow) => formatFigure(row.guaranteedMinor, currency),
              total: formatFigure(guaranteedMinor, currency),
            },
          ]}
          rows={guarantees}
          empty={<p>The programme has never had to stand in for a payment.</p>}
        />
      </Section>
    </OfflineFrame>
  );
}
