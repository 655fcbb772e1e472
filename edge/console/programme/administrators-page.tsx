import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { CodeSlip } from '../parts/code-slip.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { Moment } from '../parts/moment.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface AdministratorRow {
  readonly administratorId: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly isSelf: boolean;
}

export interface Invitation {
  readonly name: string;
  readonly code: string;
  readonly link: string;
  readonly expiresAtMs: number;
}

interface AdministratorsPageProps {
  readonly view: ConsoleView;
  readonly administrators: readonly AdministratorRow[];
  readonly invitation?: Invitation | undefined;
  readonly form?: FormState;
}

/** Who may sign in here. */
export function AdministratorsPage({ view, administrators, invitation, form = EMPTY_FORM }: AdministratorsPageProps) {
  const { timeZone } = view.programme;
  return (
    <ConsolePage view={view} title="Administrators" lead="Who may sign in here, each with a passkey of their own.">
      {invitation && (
        <Section title="Invitation" id="invitation">
          <CodeSlip
            title={`For ${invitation.name}`}
            instruction="Open the link on the device whose passkey is to sign in here."
            code={invitation.code}
            link={invitation.link}
            expiresAtMs={invitation.expiresAtMs}
            timeZone={timeZone}
          />
        </Section>
      )}
      <Section title="Administrators" id="all">
        <DataTable
          caption="Administrators"
          columns={[
            {
              label: 'Name',
              cell: ({ name, isSelf }: AdministratorRow) => (
                <>
                  {name} {isSelf && <span class="quiet">(you)</span>}
                </>
              ),
            },
            {
              label: 'Since',
              cell: ({ createdAtMs }: AdministratorRow) => (
                <Moment atMs={createdAtMs} timeZone={timeZone} shape="date" />
              ),
            },
            {
              label: 'Do',
              kind: 'act',
              cell: ({ administratorId, name, isSelf }: AdministratorRow) =>
                !isSelf && (
                  <PostForm action={`${places.administrators}/${administratorId}/remove`} isInline>
                    <button class="link-button danger" type="submit">
                      Remove<span class="visually-hidden"> {name}</span>
                    </button>
                  </PostForm>
                ),
            },
          ]}
          rows={administrators}
          empty=""
        />
      </Section>
      <Section title="Invite an administrator" id="invite">
        <PostForm action={`${places.administrators}#invite`} form={form}>
          <Field
            {...fieldOf(form, 'name')}
            label="Name"
            charsMax={40}
            help="You get a link that works once, to hand over as you see fit."
          />
          <div class="buttons">
            <button class="button primary" type="submit">
              Make an invitation
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
