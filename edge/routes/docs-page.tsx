import type { Context } from 'hono';
import type { generateSpecs } from 'hono-openapi';
import { Document } from '../console/layout/document.tsx';

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

/** The OpenAPI document as a page to read: made on the server from the document itself, so the two cannot differ. */
export function docsPage(c: Context, document: OpenApi) {
  const calls = listCalls(document.paths ?? {});
  return c.html(
    <Document title="API" siteName={document.info.title} bodyClass="docs">
      <main id="content" class="docs-column">
        <h1>API</h1>
        <p class="lead">{document.info.description}</p>
        <p>
          <a href="/api/v1/openapi.json">openapi.json</a> · <a href="/api/v1/problems">all refusals</a>
        </p>
        {(document.tags ?? [])
          .map((tag) => ({ tag, calls: calls.filter(({ operation }) => operation.tags?.includes(tag.name)) }))
          .filter((section) => section.calls.length > 0)
          .map((section) => (
            <TagSection {...section} />
          ))}
      </main>
    </Document>,
  );
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
  return (
    <section aria-labelledby={`tag-${tag.name}`}>
      <h2 id={`tag-${tag.name}`}>{tag.name}</h2>
      <p class="quiet">{tag.description}</p>
      {calls.map((call) => (
        <CallDetails call={call} />
      ))}
    </section>
  );
}

function CallDetails({ call: { method, path, operation } }: { call: Call }) {
  const body = (operation.requestBody as Body | undefined)?.content?.['application/json']?.schema;
  const session = Object.keys(operation.security?.[0] ?? {})[0];
  return (
    <details class="docs-call">
      <summary>
        <code>
          {method.toUpperCase()} {path}
        </code>{' '}
        <span>{operation.summary}</span>
      </summary>
      {operation.description && <p>{operation.description}</p>}
      {session && <p class="quiet small">Session or key: {session}</p>}
      {operation.parameters?.length ? (
        <p>
          Parameters:{' '}
          {(operation.parameters as { name: string; in: string }[]).map(({ name, in: place }) => (
            <code>
              {place} {name}{' '}
            </code>
          ))}
        </p>
      ) : null}
      {body && <SchemaText title="Takes" schema={body} />}
      {Object.entries(operation.responses ?? {}).map(([status, response]) => (
        <ResponseDetails status={status} response={response as Body} />
      ))}
    </details>
  );
}

function ResponseDetails({ status, response }: { status: string; response: Body }) {
  const schema = response.content?.['application/json']?.schema;
  if (schema) return <SchemaText title={`${status}`} schema={schema} />;
  return (
    <div>
      <h4>{status}</h4>
      <ul>
        {(response.description ?? '').split('\n').map((line) => (
          <li>{line.replaceAll('`', '')}</li>
        ))}
      </ul>
    </div>
  );
}

function SchemaText({ title, schema }: { title: string; schema: unknown }) {
  return (
    <div>
      <h4>{title}</h4>
      <pre tabindex={0}>{JSON.stringify(schema, undefined, 2)}</pre>
    </div>
  );
}
