import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { EMPTY_FORM, type FormState, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface CentreKeyRow {
  readonly generation: number;
  /** Key id as it stands in documents, hex. */
  readonly keyId: string;
  readonly publicKey: string;
  readonly validFromMs: number;
}

interface KeysPageProps {
  readonly view: ConsoleView;
  /** Newest first. */
  readonly keys: readonly CentreKeyRow[];
  readonly form?: FormState;
}

/** The keys with which the centre signs certificates and receipts. */
export function KeysPage({ view, keys, form = EMPTY_FORM }: KeysPageProps) {
  const { timeZone } = view.programme;
  const newest = keys[0]?.generation ?? 0;
  // A new key is known everywhere before it signs anything.
  const signing = keys.find(({ validFromMs }) => validFromMs <= view.nowMs)?.generation ?? newest;
  return (
    <ConsolePage
      view={view}
      title="Centre keys"
      lead="The centre signs certificates and receipts with the active key. Older ones still prove what they signed."
    >
      <DataTable
        caption="Centre keys"
        columns={[
          { label: 'Key', kind: 'key', cell: ({ generation }: CentreKeyRow) => `Key ${generation}` },
          {
            label: 'Status',
            cell: ({ generation }: CentreKeyRow) => (
              <StatusChip state={generation === signing ? 'active' : generation > signing ? 'announced' : 'retired'} />
            ),
          },
          {
            label: 'Signs from',
            kind: 'key',
            cell: ({ validFromMs }: CentreKeyRow) => <Moment atMs={validFromMs} timeZone={timeZone} shape="full" />,
          },
          {
            label: 'Key id',
            cell: ({ keyId }: CentreKeyRow) => <span class="hash">{keyId}</span>,
          },
          {
            label: 'Public key',
            cell: ({ publicKey }: CentreKeyRow) => <span class="hash">{publicKey}</span>,
          },
        ]}
        rows={keys}
        empty=""
      />
      <Section title="Rotate" id="rotate">
        <PostForm action={`${places.keys}#rotate`} form={form}>
          <p>
            Makes key {newest + 1} and signs it with key {newest}, so that every till and wallet believes it at its next
            sync. It is announced a minute before it signs. Nothing has to be enrolled again, and a till in the middle
            of a sale does not notice.
          </p>
          {/* A second press of the button must not rotate twice. */}
          <input type="hidden" name="generation" value={newest} />
          <div class="buttons">
            <button class="button primary" type="submit">
              Rotate to key {newest + 1}
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
