import { expectDone } from '../../support/api-client.ts';
import { createClient } from './test-app.ts';

/** As far as tests read a JSON Schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
}

export interface ApiCall {
  readonly method: string;
  /** With its parameters in braces, below /api/v1. */
  readonly path: string;
  /** `till`, `wallet` or `console`; undefined for calls that anyone may make. */
  readonly session: string | undefined;
  readonly body: JsonSchema | undefined;
  readonly queryNames: readonly string[];
}

interface Operation {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Every call that the OpenAPI document names: what is added to the API is in it, so tests over these cover it unasked. */
export async function listApiCalls(): Promise<ApiCall[]> {
  const document = expectDone(
    await createClient().get<{ paths: Record<string, Record<string, Operation>> }>('openapi.json'),
  );
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      session: Object.keys(operation.security?.[0] ?? {})[0],
      body: operation.requestBody?.content?.['application/json']?.schema,
      queryNames: (operation.parameters ?? []).filter(({ in: place }) => place === 'query').map(({ name }) => name),
    })),
  );
}
