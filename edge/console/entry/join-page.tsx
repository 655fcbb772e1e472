import { EntryPage } from '../layout/entry-page.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { PasskeyState } from './passkey-state.tsx';

interface JoinPageProps {
  readonly programmeName: string;
  readonly form?: FormState;
}

/** An invited administrator registers a passkey. The code stands in the link's fragment; the script fills it in. */
export function JoinPage({ programmeName, form = EMPTY_FORM }: JoinPageProps) {
  return (
    <EntryPage
      title="Become an administrator"
      siteName={programmeName}
      lead="With the invitation you were given and a passkey on this device."
    >
      <div class="card">
        <PostForm
          action={places.join}
          form={form}
          passkey="create"
          passkeyOptions={`${places.join}/passkey-options`}
          label="Join"
        >
          <Field
            {...fieldOf(form, 'invitationCode')}
            label="Invitation code"
            kind="key"
            charsMax={32}
            fromFragment="invite"
          />
          <PasskeyState />
          <button class="button primary large wide" type="submit">
            <Icon name="passkey" />
            Register a passkey
          </button>
        </PostForm>
      </div>
    </EntryPage>
  );
}
