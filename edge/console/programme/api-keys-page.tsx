import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { CopyButton } from '../parts/code-slip.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface ApiKeyRow {
  readonly keyId: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly usedAtMs?: number | undefined;
}

interface ApiKeysPageProps {
  readonly view: ConsoleView;
  readonly apiKeys: readonly ApiKeyRow[];
  /** Just made: shown this once. */
  readonly created?: { readonly name: string; readonly token: string } | undefined;
  readonly form?: FormState;
}

/** Keys for programs that do what this console does, over the API. */
export function ApiKeysPage({ view, apiKeys, created, form = EMPTY_FORM }: ApiKeysPageProps) {
  const { timeZone } = view.programme;
  return (
    <ConsolePage
      view={view}
      title="API keys"
      lead={
        <>
          For programs that do over the API what you do here: with <span class="hash">Authorization: Bearer …</span>.
          See <a href="/api/v1/docs">the API’s page</a>.
        </>
      }
    >
      {created && (
        <Notice kind="info">
          <p>
            The key “{created.name}”. It is shown this once: keep it where the program reads it. Whoever has it can do
            everything you can do here.
          </p>
          <p class="hash secret">{created.token}</p>
          <CopyButton text={created.token}>Copy the key</CopyButton>
        </Notice>
      )}
      <DataTable
        caption="API keys"
        columns={[
          {
            label: 'Name',
            cell: ({ name, keyId }: ApiKeyRow) => (
              <>
                {name}
                <span class="under code">{keyId}</span>
              </>
            ),
          },
          {
            label: 'Made',
            cell: ({ createdAtMs }: ApiKeyRow) => <Moment atMs={createdAtMs} timeZone={timeZone} shape="dayTime" />,
          },
          {
            label: 'Last used',
            cell: ({ usedAtMs }: ApiKeyRow) =>
              usedAtMs === undefined ? 'Never' : <Moment atMs={usedAtMs} timeZone={timeZone} shape="dayTime" />,
          },
          {
            label: 'Do',
            kind: 'act',
            cell: ({ keyId, name }: ApiKeyRow) => (
              <PostForm action={`${places.apiKeys}/${keyId}/revoke`} isInline>
                <button class="link-button danger" type="submit">
                  Revoke<span class="visually-hidden"> {name}</span>
                </button>
              </PostForm>
            ),
          },
        ]}
        rows={apiKeys}
        empty={<p>No API keys. Make one below when a program is to top up or read along.</p>}
      />
      <Section title="Make a key" id="add">
        <PostForm action={`${places.apiKeys}#add`} form={form}>
          <Field
            {...fieldOf(form, 'name')}
            label="What it is for"
            charsMax={40}
            help="So that you know later which to revoke, such as “Top-up desk”."
          />
          <div class="buttons">
            <button class="button primary" type="submit">
              Make the key
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
