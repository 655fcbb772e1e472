import { formatAmountPlain, parseAmountText } from '../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import type { Currency } from '../../../shared/protocol/currency.ts';
import { worstLossMinor } from '../../../shared/protocol/offline/worst-loss.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import { type FieldWords, type ParsedForm, parseForm } from '../forms/parse-form.ts';
import type { FormValues } from '../forms/read-form.ts';
import { OfflineSettingsCall } from '../operations/programme.ts';
import { Choice, Field } from '../parts/field.tsx';
import { countOf, formatMoney } from '../parts/figures.ts';
import { type FormState, fieldOf } from '../parts/post-form.tsx';

type SettingName = keyof OfflineSettings;

/** The settings as a person types them: money in units, times in hours. */
const FIELD_OF: Readonly<Record<SettingName, string>> = {
  isOn: 'offline',
  limitMinor: 'offlineLimit',
  paymentMaxMinor: 'offlinePaymentMax',
  countMax: 'offlineCount',
  validSeconds: 'offlineValid',
  claimSeconds: 'offlineClaim',
  tillPerAllowanceMinor: 'tillPerPhone',
  tillTotalMinor: 'tillTotal',
  tillCountMax: 'tillCount',
  tillAgeSeconds: 'tillAge',
};

const ADVANCED: readonly SettingName[] = ['countMax', 'claimSeconds', 'tillCountMax', 'tillAgeSeconds'];

const VALID_HOURS_MAX = BOUNDS.allowanceValidSecondsMax / 3600;
const CLAIM_HOURS_MAX = BOUNDS.claimWindowSecondsMax / 3600;

const WORDS: FieldWords = {
  isOn: 'Choose one of the two.',
  limitMinor: 'Enter an amount above zero, such as 50.',
  paymentMaxMinor: 'Enter an amount above zero, and at most what a phone may pay in all.',
  countMax: `Enter a whole number, 1 to ${BOUNDS.allowanceCountMax}.`,
  validSeconds: `Enter hours, 0.1 to ${VALID_HOURS_MAX}.`,
  claimSeconds: `Enter hours, 0.1 to ${CLAIM_HOURS_MAX}.`,
  tillPerAllowanceMinor: 'Enter an amount above zero, and at most what a till may take in all.',
  tillTotalMinor: 'Enter an amount above zero, such as 500.',
  tillCountMax: 'Enter a whole number, 1 to 10000.',
  tillAgeSeconds: 'Enter hours, 0.1 or more, and at most as long as a payment may still come in.',
};

interface OfflineFieldsProps {
  readonly settings: OfflineSettings;
  /** Of all participants: so many can take payments on their own. */
  readonly activeTills: number;
  readonly currency: Currency;
  readonly form: FormState;
}

/** What may be paid while neither side has a network, each bound with what it bounds; below, what all of them let be lost. */
export function OfflineFields({ settings, activeTills, currency, form }: OfflineFieldsProps) {
  const shown = showOffline(settings, currency);
  const field = (name: SettingName) => fieldOf(form, FIELD_OF[name], shown[name]);
  const money = { kind: 'figure', inputmode: 'decimal', charsMax: 16, unit: currency.code } as const;
  const hours = { kind: 'figure', inputmode: 'decimal', charsMax: 8, unit: 'hours' } as const;
  const count = { kind: 'figure', inputmode: 'numeric', charsMax: 5, unit: 'payments' } as const;
  const isAnyWrong = ADVANCED.some((name) => form.errors[FIELD_OF[name]] !== undefined);
  return (
    <fieldset class="fieldset">
      <legend>Payments without network</legend>
      <div class="stack">
        <p class="small">
          A phone sets money aside while it has a network, and can spend that where neither it nor the till has one. The
          shop is paid out of it as soon as either of them is back.
        </p>
        <Choice
          {...field('isOn')}
          label="Payments without network"
          options={[
            { value: 'on', label: 'On' },
            { value: 'off', label: 'Off' },
          ]}
          help="Off: phones set nothing aside any more, and tills take nothing on their own. What is out already stays good."
        />
        <Field
          {...field('limitMinor')}
          {...money}
          label="A phone may set aside"
          help="All that one phone can spend without a network. Never more than half of what is on the card."
        />
        <Field
          {...field('paymentMaxMinor')}
          {...money}
          label="Largest single payment"
          help="Out of what is set aside. Larger ones need a network on one side."
        />
        <Field
          {...field('validSeconds')}
          {...hours}
          label="What is set aside can be spent for"
          help={`0.1 to ${VALID_HOURS_MAX}. It is renewed whenever the phone has a network.`}
        />
        <Field
          {...field('tillPerAllowanceMinor')}
          {...money}
          label="A till takes from one phone"
          help="On its own, until it had a network again. This bounds what copies of a phone can take from the programme."
        />
        <Field
          {...field('tillTotalMinor')}
          {...money}
          label="A till takes in all"
          help="On its own, until it had a network again. This is what a shop has not been paid yet if the till is lost."
        />
        <details class="fold" open={isAnyWrong}>
          <summary>Advanced</summary>
          <div class="stack">
            <Field
              {...field('countMax')}
              {...count}
              label="A phone may make"
              help={`1 to ${BOUNDS.allowanceCountMax}, out of what is set aside once.`}
            />
            <Field
              {...field('claimSeconds')}
              {...hours}
              label="A payment may still come in for"
              help={`0.1 to ${CLAIM_HOURS_MAX}, after what is set aside has ended. Then the rest of it goes back to the card, and what comes later is the shop’s loss.`}
            />
            <Field
              {...field('tillCountMax')}
              {...count}
              label="A till may take"
              help="1 to 10000, on its own, until it had a network again."
            />
            <Field
              {...field('tillAgeSeconds')}
              {...hours}
              label="A till may be on its own for"
              help="Its list of blocked phones may be so old. It takes less as the list ages, and then nothing."
            />
          </div>
        </details>
        <p class="worst-loss" id="worst-loss">
          <WorstLoss settings={settings} activeTills={activeTills} currency={currency} />
        </p>
      </div>
    </fieldset>
  );
}

/** In one sentence what the programme stands to lose by the settings in force. */
export function WorstLoss({ settings, activeTills, currency }: Omit<OfflineFieldsProps, 'form'>) {
  if (!settings.isOn)
    return <>By the saved settings nothing can be paid without a network, and nothing can be lost by it.</>;
  const money = (amountMinor: number) => formatMoney(amountMinor, currency);
  const { limitMinor, tillPerAllowanceMinor } = settings;
  const lossMinor = worstLossMinor(settings, activeTills);
  const perTillMinor = Math.min(limitMinor, tillPerAllowanceMinor);
  const tills = countOf(activeTills, 'active till');
  if (lossMinor === 0)
    return <>By the saved settings a copied phone can cost the programme nothing: there is no till to take it.</>;
  return (
    <>
      By the saved settings, the worst that one copied phone can cost the programme is{' '}
      <strong>{money(lossMinor)}</strong>: spent at {tills} without a network, {money(perTillMinor)} each, while a copy
      spends online what was set aside.
    </>
  );
}

/** Parses the fields by the schema of the API; errors stand under the names of the fields. */
export function parseOfflineFields(values: FormValues, currency: Currency): ParsedForm<OfflineSettings> {
  const text = (name: SettingName) => values[FIELD_OF[name]] ?? '';
  const call = {
    isOn: text('isOn') === 'on' || (text('isOn') === 'off' ? false : undefined),
    limitMinor: parseAmountText(text('limitMinor'), currency),
    paymentMaxMinor: parseAmountText(text('paymentMaxMinor'), currency),
    countMax: parseCount(text('countMax')),
    validSeconds: parseHours(text('validSeconds')),
    claimSeconds: parseHours(text('claimSeconds')),
    tillPerAllowanceMinor: parseAmountText(text('tillPerAllowanceMinor'), currency),
    tillTotalMinor: parseAmountText(text('tillTotalMinor'), currency),
    tillCountMax: parseCount(text('tillCountMax')),
    tillAgeSeconds: parseHours(text('tillAgeSeconds')),
  };
  const parsed = parseForm(OfflineSettingsCall, call, WORDS);
  if (parsed.ok) return parsed;
  const errors = Object.entries(parsed.errors).map(([name, words]) => [FIELD_OF[name as SettingName], words]);
  return { ok: false, errors: Object.fromEntries(errors) };
}

function showOffline(settings: OfflineSettings, currency: Currency): Record<SettingName, string> {
  const money = (amountMinor: number) => formatAmountPlain(amountMinor, currency);
  return {
    isOn: settings.isOn ? 'on' : 'off',
    limitMinor: money(settings.limitMinor),
    paymentMaxMinor: money(settings.paymentMaxMinor),
    countMax: String(settings.countMax),
    validSeconds: showHours(settings.validSeconds),
    claimSeconds: showHours(settings.claimSeconds),
    tillPerAllowanceMinor: money(settings.tillPerAllowanceMinor),
    tillTotalMinor: money(settings.tillTotalMinor),
    tillCountMax: String(settings.tillCountMax),
    tillAgeSeconds: showHours(settings.tillAgeSeconds),
  };
}

function parseCount(text: string): number | undefined {
  return /^[0-9]{1,5}$/.test(text) ? Number(text) : undefined;
}

/** With a comma or a point. Four places tell any second from the next. @returns seconds */
function parseHours(text: string): number | undefined {
  return /^[0-9]{1,3}([.,][0-9]{1,4})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 3600) : undefined;
}

function showHours(seconds: number): string {
  return String(Number((seconds / 3600).toFixed(4)));
}
