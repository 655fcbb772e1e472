import type { Context } from 'hono';

/** What a form sent, by the fields' names: text only, as typed but without spaces around it. */
export type FormValues = Readonly<Record<string, string>>;

/** No field of ours takes more; a passkey's answer is the longest. */
const FIELD_CHARS_MAX = 8_192;

/** Reads a form of one of our pages. Files and repeated fields are none of ours and are left out. */
export async function readForm(c: Context): Promise<FormValues> {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return {};
  // Not `text()`: the runtime warns that a form's type does not appear to be text.
  const text = new TextDecoder().decode(await c.req.arrayBuffer());
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.length <= FIELD_CHARS_MAX && !Object.hasOwn(values, name)) values[name] = value.trim();
  }
  return values;
}

/** A field that may be left out: empty means it was. */
export function optionalField(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
