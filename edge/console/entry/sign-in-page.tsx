import { EntryPage } from '../layout/entry-page.tsx';
import { Icon } from '../parts/icon.tsx';
import { EMPTY_FORM, type FormState, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { PasskeyState } from './passkey-state.tsx';

interface SignInPageProps {
  readonly programmeName: string;
  /** Where to go on: a path of the console. */
  readonly next: string;
  readonly form?: FormState;
}

export function SignInPage({ programmeName, next, form = EMPTY_FORM }: SignInPageProps) {
  return (
    <EntryPage title="Sign in to the console" siteName={programmeName} lead="For administrators of the programme.">
      <div class="card">
        <PostForm
          action={places.signIn}
          form={form}
          passkey="get"
          passkeyOptions={`${places.signIn}/passkey-options`}
          label="Sign in"
        >
          <input type="hidden" name="next" value={next} />
          <PasskeyState />
          <button class="button primary large wide" type="submit">
            <Icon name="passkey" />
            Sign in with a passkey
          </button>
        </PostForm>
      </div>
      <p class="small quiet entry-note">Not an administrator yet? Ask one for an invitation.</p>
    </EntryPage>
  );
}
