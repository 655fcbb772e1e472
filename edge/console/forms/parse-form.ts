import * as v from 'valibot';
import { REFUSALS, type RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { Refusal } from '../../../shared/protocol/result.ts';
import type { FormState } from '../parts/post-form.tsx';
import type { FormValues } from './read-form.ts';

/** For each field what is wrong when it does not fit, and what to do: one sentence each. */
export type FieldWords = Readonly<Record<string, string>>;

export type ParsedForm<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Parses a form by the schema that its JSON twin is parsed by; says what is wrong beside each field at fault. */
export function parseForm<Schema extends v.GenericSchema>(
  schema: Schema,
  call: unknown,
  words: FieldWords,
): ParsedForm<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, call);
  if (parsed.success) return { ok: true, value: parsed.output };
  const errors: Record<string, string> = {};
  for (const issue of parsed.issues) {
    const field = String(issue.path?.[0]?.key ?? '');
    errors[field] = words[field] ?? 'This does not fit. Correct it and send again.';
  }
  return { ok: false, errors };
}

/** The form again, with what was typed and what was wrong. */
export function withErrors(values: FormValues, errors: Readonly<Record<string, string>>): FormState {
  return { values, errors };
}

/**
 * The form again after the centre refused it: beside the field that `blame` names for the code, or above them all.
 * `blame` says it in the form's own words where the general ones of the table would not help.
 */
export function withRefusal(
  values: FormValues,
  refusal: Refusal,
  blame: Partial<Record<RefusalCode, readonly [field: string, words: string]>> = {},
): FormState {
  const [field, words] = blame[refusal.code] ?? [];
  if (field !== undefined && words !== undefined) return { values, errors: { [field]: words } };
  return { values, errors: {}, problem: explainRefusal(refusal) };
}

function explainRefusal({ code, detail }: Refusal): string {
  const { meaning, next } = REFUSALS[code];
  return [meaning, detail, next].filter(Boolean).join(' ');
}
