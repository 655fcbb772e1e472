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

const ADVANCED: readonly (keyof PayCodeSettings)[] = ['mode', 'rhythmMs', 'regenerateMs', 'windowMs', 'toleranceMs'];

const WORDS: FieldWords = {
  mode: 'Choose one of the two.',
  windowMs: 'Enter 0.5 to 30 seconds, and at least twice as long as each code is shown.',
  toleranceMs: 'Enter 1 to 60 seconds, and at least as long as until new codes are made.',
  rhythmMs: 'Enter whole milliseconds, 100 to 2000.',
  regenerateMs: 'Enter 1 to 30 seconds, and at least four times as long as each code is shown.',
  stepUpMinor: 'Enter an amount above zero, such as 50.',
};

/** What a scanned code may pay, and folded away, how codes are shown and judged: few ever have to change that. */
export function PayCodeFields({ settings, currency, form }: PayCodeFieldsProps) {
  const shown = showPayCode(settings, currency);
  const field = (name: keyof PayCodeSettings) => fieldOf(form, FIELD_OF[name], shown[name]);
  const isAnyWrong = ADVANCED.some((name) => form.errors[FIELD_OF[name]] !== undefined);
  return (
    <fieldset class="fieldset">
      <legend>Pay codes</legend>
      <div class="stack">
        <p class="small">What a customer shows on the phone and the till scans.</p>
        <Field
          {...field('stepUpMinor')}
          label="Ask the customer again above"
          kind="figure"
          inputmode="decimal"
          charsMax={16}
          unit={currency.code}
          help="Up to this amount a scanned code pays at once. Above it the customer confirms on the phone."
        />
        <details class="fold" open={isAnyWrong}>
          <summary>Advanced</summary>
          <div class="stack">
            <p class="small">
              The phone shows two codes in turn, and the till needs both: a picture of one is worthless. Change this
              only where scanning is slow.
            </p>
            <Choice
              {...field('mode')}
              label="What each of the two codes holds"
              options={[
                { value: 'split', label: 'Half: one alone says nothing' },
                { value: 'cross-check', label: 'Everything: each proves the other' },
              ]}
              help="Halves suit most. Tills take both kinds."
            />
            <Field
              {...field('rhythmMs')}
              label="Show each code for"
              kind="figure"
              inputmode="numeric"
              charsMax={4}
              unit="milliseconds"
              help="100 to 2000. Longer helps slow cameras. It is doubled for customers who want less motion."
            />
            <Field
              {...field('regenerateMs')}
              label="Make new codes every"
              kind="figure"
              inputmode="decimal"
              charsMax={6}
              unit="seconds"
              help="1 to 30."
            />
            <Field
              {...field('windowMs')}
              label="Take two codes as a pair when made within"
              kind="figure"
              inputmode="decimal"
              charsMax={6}
              unit="seconds"
              help="0.5 to 30. Further apart, the till refuses them."
            />
            <Field
              {...field('toleranceMs')}
              label="Take a code for"
              kind="figure"
              inputmode="decimal"
              charsMax={6}
              unit="seconds"
              help="1 to 60 after it was made. Shorter makes a picture worthless sooner, but refuses phones whose clock is off."
            />
          </div>
        </details>
      </div>
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
