import type { Context } from 'hono';
import type { generateSpecs } from 'hono-openapi';
import { Document } from '../console/layout/document.tsx';
import { Mark } from '../console/layout/navigation.tsx';
import { places } from '../console/places.ts';

type OpenApi = Awaited<ReturnType<typeof generateSpecs>>;
type Paths = NonNullable<OpenApi['paths']>;
type Operation = NonNullable<NonNullable<Paths[string]>['get']>;
type Tag = NonNullable<OpenApi['tags']>[number];

interface Body {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: unknown } | undefined>>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const CALLERS: Readonly<Record<string, string>> = {
  till: 'For a till, by its session.',
  wallet: 'For a wallet, by its session.',
  console: "For an administrator's session, or an API key made in the console.",
};

/** The OpenAPI document as a page to read: made on the server from the document itself, so the two cannot differ. */
export function docsPage(c: Context, document: OpenApi) {
  const calls = listCalls(document.paths ?? {});
  const sections = (document.tags ?? [])
    .map((tag) => ({ tag, calls: calls.filter(({ operation }) => operation.tags?.includes(tag.name)) }))
    .filter((section) => section.calls.length > 0);
  return c.html(
    <Document title="API" siteName={document.info.title} bodyClass="docs">
      <main id="content" class="docs-column">
        <a class="docs-home" href="/">
          <Mark />
          {document.info.title}
        </a>
        <h1>The API of {document.info.title}</h1>
        <p class="lead">{withCode(document.info.description ?? '')}</p>
        <p>
          Everything below stands under <code>/api/v1</code>. For programs:{' '}
          <a href="/api/v1/openapi.json">openapi.json</a>, <a href="/api/v1/problems">all refusals</a>.
        </p>
        <section aria-labelledby="example">
          <h2 id="example">An example</h2>
          <p>
            Adds 20.00 to a card. The key is made in the console under <a href={places.apiKeys}>API keys</a>; the same
            reference again adds nothing, and gets the same answer.
          </p>
          <pre class="docs-example" tabindex={0}>
            {exampleCall(new URL(c.req.url).origin)}
          </pre>
        </section>
        {sections.map((section) => (
          <TagSection {...section} />
        ))}
      </main>
    </Document>,
  );
}

function exampleCall(origin: string): string {
  const body = { accountNumber: '1000010000000015', amountMinor: 2000, reference: 'desk-2026-0001' };
  return [
    `curl ${origin}/api/v1/administration/accounts/top-ups \\`,
    "  -H 'Authorization: Bearer YOUR-API-KEY' \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}

function listCalls(paths: Paths): Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
}

function TagSection({ tag, calls }: { tag: Tag; calls: readonly Call[] }) {
  const id = `tag-${tag.name}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{tag.name}</h2>
      <p class="quiet">{tag.description}</p>
      {calls.map((call) => (
        <CallDetails call={call} />
      ))}
    </section>
  );
}

function CallDetails({ call: { method, path, operation } }: { call: Call }) {
  const takes = schemaOf(operation.requestBody as Body | undefined);
  const caller = CALLERS[Object.keys(operation.security?.[0] ?? {})[0] ?? ''];
  const parameters = (operation.parameters ?? []) as { name: string; in: string; description?: string }[];
  return (
    <details class="docs-call">
      <summary>
        <code>
          <span class="docs-method">{method.toUpperCase()}</span> {path}
        </code>
        <span class="quiet">{operation.summary}</span>
      </summary>
      <div class="docs-body">
        {(operation.description || caller) && (
          <p>{withCode([operation.description, caller].filter(Boolean).join(' '))}</p>
        )}
        {parameters.length > 0 && (
          <ul>
            {parameters.map(({ name, in: place, description }) => (
              <li>
                <code>{name}</code> in the {place}
                {description ? `: ${description}` : ''}
              </li>
            ))}
          </ul>
        )}
        {takes !== undefined && <SchemaText title="Takes" schema={takes} />}
        {Object.entries(operation.responses ?? {}).map(([status, response]) => (
          <ResponseDetails status={status} response={response as Body} />
        ))}
      </div>
    </details>
  );
}

function ResponseDetails({ status, response }: { status: string; response: Body }) {
  const schema = schemaOf(response);
  if (schema !== undefined) return <SchemaText title={`${status}: answers`} schema={schema} />;
  const lines = (response.description ?? '').split('\n');
  return (
    <div>
      <h3>{Number(status) < 400 ? status : `${status}: refuses`}</h3>
      <ul>
        {lines.map((line) => (
          <li>{withCode(line)}</li>
        ))}
      </ul>
    </div>
  );
}

function SchemaText({ title, schema }: { title: string; schema: unknown }) {
  return (
    <div>
      <h3>{title}</h3>
      {/* Reachable by keyboard, as it may have to be scrolled. */}
      <pre tabindex={0}>{JSON.stringify(schema, undefined, 2)}</pre>
    </div>
  );
}

function schemaOf(body: Body | undefined): unknown {
  return body?.content?.['application/json']?.schema;
}

/** What stands between backticks in a description is code. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}
