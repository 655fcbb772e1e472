import type { Child } from 'hono/jsx';
import { Notice } from './notice.tsx';

/** How a form stands: what was typed, and what was wrong with it, by the fields' names. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole, where no single field is to blame. */
  readonly problem?: string | undefined;
}

export const EMPTY_FORM: FormState = { values: {}, errors: {} };

interface PostFormProps {
  readonly action: string;
  readonly form?: FormState | undefined;
  /** The same reference is done once, however often the form is sent. */
  readonly reference?: string | undefined;
  readonly label?: string;
  readonly isInline?: boolean;
  /** Runs a passkey ceremony before it is sent (client/passkey-form.ts). */
  readonly passkey?: 'create' | 'get';
  readonly passkeyOptions?: string;
  readonly children?: Child;
}

/** A form that works without any script; the script only keeps a second press from sending it twice. */
export function PostForm(props: PostFormProps) {
  const { action, form, reference, label, isInline, passkey, passkeyOptions, children } = props;
  return (
    <form
      class={isInline ? 'inline-form' : 'form'}
      method="post"
      action={action}
      aria-label={label}
      novalidate
      data-passkey={passkey}
      data-passkey-options={passkeyOptions}
    >
      {form?.problem && <Notice kind="problem">{form.problem}</Notice>}
      {reference && <input type="hidden" name="reference" value={reference} />}
      {children}
    </form>
  );
}

/** What a field of `form` shows: the value typed or else suggested, and its error. */
export function fieldOf(form: FormState, name: string, suggestion?: string) {
  return { name, value: form.values[name] ?? suggestion, error: form.errors[name] };
}
