import type { Child } from 'hono/jsx';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** As typed last, or a suggestion. */
  readonly value?: string | undefined;
  /** What is wrong and what to do; stands in the place of the help. */
  readonly error?: string | undefined;
  readonly help?: Child;
  readonly type?: 'text' | 'search' | 'date';
  readonly inputmode?: 'text' | 'decimal' | 'numeric';
  readonly autocomplete?: string;
  readonly isRequired?: boolean;
  readonly charsMax?: number;
  readonly kind?: 'figure' | 'key';
  /** Stands after the figure typed: its currency. */
  readonly unit?: string;
  readonly list?: readonly string[];
  /** Taken from the address behind the `#`, where this name stands there. */
  readonly fromFragment?: string;
  /** Suggested from what is typed under this name, until something is typed here. */
  readonly suggestFrom?: string;
  /** Set where the same name is asked for twice on one page. */
  readonly id?: string;
}

/** A labelled line to type in, its help and its error tied to it for screen readers. */
export function Field(props: FieldProps) {
  const { name, label, value, error, help, type = 'text', inputmode, autocomplete = 'off', isRequired = true } = props;
  const { charsMax, kind, unit, list, fromFragment, suggestFrom, id = `field-${name}` } = props;
  return (
    <div class={kind ? `field ${kind}` : 'field'}>
      <label for={id}>
        {label}
        {!isRequired && <span class="optional"> (may be left out)</span>}
      </label>
      <span class={unit ? 'with-unit' : undefined}>
        <input
          id={id}
          name={name}
          type={type}
          value={value}
          inputmode={inputmode}
          autocomplete={autocomplete}
          required={isRequired}
          maxlength={charsMax}
          spellcheck={kind ? false : undefined}
          list={list && `${id}-list`}
          data-from-fragment={fromFragment}
          data-suggest-from={suggestFrom}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error || help ? `${id}-note` : undefined}
        />
        {unit && <span class="unit">{unit}</span>}
      </span>
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((option) => (
            <option value={option} />
          ))}
        </datalist>
      )}
      <FieldNote id={id} error={error} help={help} />
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
  readonly help?: Child;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly id?: string;
}

/** A labelled choice of one. */
export function Choice({ name, label, value, error, help, options, id = `field-${name}` }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error || help ? `${id}-note` : undefined}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldNote id={id} error={error} help={help} />
    </div>
  );
}

function FieldNote({ id, error, help }: { id: string; error: string | undefined; help: Child | undefined }) {
  if (error) {
    return (
      <p class="error" id={`${id}-note`}>
        {error}
      </p>
    );
  }
  return help ? (
    <p class="help" id={`${id}-note`}>
      {help}
    </p>
  ) : null;
}
