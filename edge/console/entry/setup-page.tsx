import { EntryPage } from '../layout/entry-page.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { PasskeyState } from './passkey-state.tsx';

interface SetupPageProps {
  /** Named where the programme exists already and only lacks someone to run it (the demo). */
  readonly programmeName?: string | undefined;
  readonly currencies: readonly { readonly value: string; readonly label: string }[];
  readonly form?: FormState;
}

/** First run: the one-time code, the programme, and the passkey of whoever runs it. */
export function SetupPage(props: SetupPageProps) {
  const { programmeName, currencies, form = EMPTY_FORM } = props;
  return (
    <EntryPage
      title={programmeName ? `Claim the console of ${programmeName}` : 'Set up your programme'}
      siteName="Tandem"
      lead={
        programmeName
          ? 'The programme is there already; it lacks someone to run it.'
          : 'Three steps, and you can open the first till. Your name and the passkey make you its administrator.'
      }
    >
      <PostForm
        action={places.setup}
        form={form}
        passkey="create"
        passkeyOptions={`${places.setup}/passkey-options`}
        label="Set up"
      >
        <fieldset class="fieldset card">
          <legend>1. The setup code</legend>
          <Field
            {...fieldOf(form, 'setupCode')}
            label="Setup code"
            kind="key"
            charsMax={64}
            help="Printed in the terminal where the server was started. It works once."
          />
        </fieldset>
        {!programmeName && (
          <fieldset class="fieldset card">
            <legend>2. The programme</legend>
            <div class="stack">
              <Field
                {...fieldOf(form, 'programmeName')}
                label="Name"
                charsMax={40}
                help="What customers and shops call it, such as “Campus card”."
              />
              <Field
                {...fieldOf(form, 'programme')}
                label="Short name"
                kind="key"
                charsMax={16}
                suggestFrom="programmeName"
                help="3 to 16 small letters, digits or dashes, such as campus-card. Stands inside every signed document and never changes."
              />
              <Choice
                {...fieldOf(form, 'currency', 'EUR')}
                label="Currency"
                options={currencies}
                help="Never changes either."
              />
              <Field
                {...fieldOf(form, 'participantName')}
                label="Institution"
                charsMax={40}
                help="The first that issues accounts and signs up shops; more can be added later."
              />
            </div>
          </fieldset>
        )}
        <fieldset class="fieldset card">
          <legend>{programmeName ? '2. You' : '3. You'}</legend>
          <div class="stack">
            <Field
              {...fieldOf(form, 'administratorName')}
              label="Your name"
              charsMax={40}
              autocomplete="name"
              help="Stands beside what you do here."
            />
            <input type="hidden" name="timeZone" value={form.values.timeZone ?? 'UTC'} data-time-zone />
            <PasskeyState />
            <button class="button primary large wide" type="submit">
              <Icon name="passkey" />
              Register a passkey and begin
            </button>
          </div>
        </fieldset>
      </PostForm>
    </EntryPage>
  );
}
