import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import type { PayCodeSettings } from '../../../shared/protocol/wire/pay-codes.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { formatMoney } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { OfflineFields } from './offline-fields.tsx';
import { PayCodeFields } from './pay-code-fields.tsx';

export interface SettingsFacts {
  readonly name: string;
  /** As a person would type it. */
  readonly largestPayment: string;
  readonly requestValidSeconds: number;
  readonly timeZone: string;
  readonly payCode: PayCodeSettings;
  readonly offline: OfflineSettings;
}

interface SettingsPageProps {
  readonly view: ConsoleView;
  readonly settings: SettingsFacts;
  readonly timeZones: readonly string[];
  /** Of all participants. */
  readonly activeTills: number;
  readonly form?: FormState;
}

/** The programme's rules, within the bounds of the protocol. */
export function SettingsPage({ view, settings, timeZones, activeTills, form = EMPTY_FORM }: SettingsPageProps) {
  const { currency, timeZone, id } = view.programme;
  return (
    <ConsolePage
      view={view}
      title="Settings"
      lead="The programme’s own rules. Tills and wallets take them over at their next sync."
    >
      <PostForm action={places.settings} form={form}>
        <Field
          {...fieldOf(form, 'name', settings.name)}
          label="Name of the programme"
          charsMax={40}
          help="On every screen of the till, the wallet and this console."
        />
        <Field
          {...fieldOf(form, 'largestPayment', settings.largestPayment)}
          label="Largest payment"
          kind="figure"
          inputmode="decimal"
          charsMax={16}
          unit={currency.code}
          help={`At most ${formatMoney(BOUNDS.amountMinorMax, currency)}.`}
        />
        <Field
          {...fieldOf(form, 'requestValidSeconds', String(settings.requestValidSeconds))}
          label="A till’s code can be paid for"
          kind="figure"
          inputmode="numeric"
          charsMax={3}
          unit="seconds"
          help={`10 to ${BOUNDS.requestValidSecondsMax}. Short keeps old codes worthless; customers need some 30.`}
        />
        <Choice
          {...fieldOf(form, 'timeZone', settings.timeZone)}
          label="Time zone"
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          help={
            <>
              Where days begin and end in this console. Now:{' '}
              <Moment atMs={view.nowMs} timeZone={timeZone} shape="full" />
            </>
          }
        />
        <PayCodeFields settings={settings.payCode} currency={currency} form={form} />
        <OfflineFields settings={settings.offline} activeTills={activeTills} currency={currency} form={form} />
        <div class="buttons">
          <button class="button primary" type="submit">
            Save
          </button>
        </div>
      </PostForm>
      <Section title="What never changes" id="fixed">
        <dl class="facts plain">
          <dt>Programme id</dt>
          <dd class="code">{id}</dd>
          <dt>Currency</dt>
          <dd>
            {currency.code}, {currency.exponent} {currency.exponent === 1 ? 'decimal' : 'decimals'}
          </dd>
        </dl>
      </Section>
    </ConsolePage>
  );
}
