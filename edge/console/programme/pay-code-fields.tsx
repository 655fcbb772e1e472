import { formatAmountPlain, parseAmountText } from '../../../shared/protocol/amount.ts';
import type { Currency } from '../../../shared/protocol/currency.ts';
import type { PayCodeSettings } from '../../../shared/protocol/wire/pay-codes.ts';
import { type FieldWords, type ParsedForm, parseForm } from '../forms/parse-form.ts';
import type { FormValues } from '../forms/read-form.ts';
import { PayCodeSettingsCall } from '../operations/programme.ts';
import { Choice, Field } from '../parts/field.tsx';
import { type FormState, fieldOf } from '../parts/post-form.tsx';

/** The settings as a person types them: seconds, but for the rhythm, which is a fraction of one. */
const FIELD_OF: Readonly<Record<keyof PayCodeSettings, string>> = {
  mode: 'twinMode',
  windowMs: 'twinWindow',
  toleranceMs: 'twinTolerance',
  rhythmMs: 'twinRhythm',
  regenerateMs: 'twinRegenerate',
  stepUpMinor: 'stepUp',
};

const WORDS: FieldWords = {
  mode: 'Choose one of the two.',
  windowMs: 'Enter 0.5 to 30 seconds, and at least twice the time below for one code.',
  toleranceMs: 'Enter 1 to 60 seconds, and at least as long as one pair is shown.',
  rhythmMs: 'Enter whole milliseconds, 100 to 2000.',
  regenerateMs: 'Enter 1 to 30 seconds, and at least four times the time for one code.',
  stepUpMinor: 'Enter an amount above zero, such as 50.',
};

/** How a customer’s code is shown and judged, and what it may pay. */
export function PayCodeFields({ settings, currency, form }: PayCodeFieldsProps) {
  const shown = showPayCode(settings, currency);
  const field = (name: keyof PayCodeSettings) => fieldOf(form, FIELD_OF[name], shown[name]);
  return (
    <fieldset class="fieldset">
      <legend>Pay codes</legend>
      <p class="small">
        What a customer shows and the till scans: two codes in turn, both needed, fresh every few seconds.
      </p>
      <Field
        {...field('stepUpMinor')}
        label="Asks for the passkey above"
        kind="figure"
        inputmode="decimal"
        charsMax={16}
        unit={currency.code}
        help="Up to here a scanned code pays at once; above it the customer confirms the exact amount on the phone."
      />
      <Choice
        {...field('mode')}
        label="How the two codes share what they say"
        options={[
          { value: 'split', label: 'Split: each holds half, one alone says nothing' },
          { value: 'cross-check', label: 'Cross-check: each holds all, and each proves the other' },
        ]}
        help="Split suits most. Codes of either kind are taken, as phones without network keep the kind they know."
      />
      <Field
        {...field('rhythmMs')}
        label="One of the two codes is shown for"
        kind="figure"
        inputmode="numeric"
        charsMax={4}
        unit="milliseconds"
        help="100 to 2000. Twice as long for customers who asked their phone for less motion."
      />
      <Field
        {...field('regenerateMs')}
        label="A fresh pair comes after"
        kind="figure"
        inputmode="decimal"
        charsMax={6}
        unit="seconds"
        help="1 to 30."
      />
      <Field
        {...field('windowMs')}
        label="Both codes of a pair are made within"
        kind="figure"
        inputmode="decimal"
        charsMax={6}
        unit="seconds"
        help="0.5 to 30. Further apart, they are refused."
      />
      <Field
        {...field('toleranceMs')}
        label="A code can be scanned for"
        kind="figure"
        inputmode="decimal"
        charsMax={6}
        unit="seconds"
        help="1 to 60, counted from when it was made. Short makes screenshots worthless; clocks of phone and till may be off by as much."
      />
    </fieldset>
  );
}

interface PayCodeFieldsProps {
  readonly settings: PayCodeSettings;
  readonly currency: Currency;
  readonly form: FormState;
}

/** Parses the fields by the schema of the API; errors stand under the names of the fields. */
export function parsePayCodeFields(values: FormValues, currency: Currency): ParsedForm<PayCodeSettings> {
  const text = (name: keyof PayCodeSettings) => values[FIELD_OF[name]] ?? '';
  const call = {
    mode: text('mode'),
    windowMs: parseSeconds(text('windowMs')),
    toleranceMs: parseSeconds(text('toleranceMs')),
    rhythmMs: /^[0-9]{1,4}$/.test(text('rhythmMs')) ? Number(text('rhythmMs')) : undefined,
    regenerateMs: parseSeconds(text('regenerateMs')),
    stepUpMinor: parseAmountText(text('stepUpMinor'), currency),
  };
  const parsed = parseForm(PayCodeSettingsCall, call, WORDS);
  if (parsed.ok) return parsed;
  const errors = Object.entries(parsed.errors).map(([name, words]) => [FIELD_OF[name as keyof PayCodeSettings], words]);
  return { ok: false, errors: Object.fromEntries(errors) };
}

function showPayCode(settings: PayCodeSettings, currency: Currency): Record<keyof PayCodeSettings, string> {
  const { mode, windowMs, toleranceMs, rhythmMs, regenerateMs, stepUpMinor } = settings;
  return {
    mode,
    windowMs: String(windowMs / 1000),
    toleranceMs: String(toleranceMs / 1000),
    rhythmMs: String(rhythmMs),
    regenerateMs: String(regenerateMs / 1000),
    stepUpMinor: formatAmountPlain(stepUpMinor, currency),
  };
}

/** With a comma or a point, and no finer than a millisecond. @returns milliseconds */
function parseSeconds(text: string): number | undefined {
  return /^[0-9]{1,2}([.,][0-9]{1,3})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 1000) : undefined;
}
