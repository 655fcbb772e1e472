/** What plain workerd must know of the worker, as read from wrangler.toml. */
export type WorkerSettings = {
  compatibilityDate: string;
  compatibilityFlags: readonly string[];
  durableObjects: readonly { binding: string; className: string }[];
  assetsBinding: string;
  /** Names of the text bindings. Their values come from workerd's environment, so no secret is ever in a file here. */
  textBindings: readonly string[];
};

/** One file of the bundle; the entry comes first. */
export type WorkerModule = { name: string };

const moduleKindByExtension: Record<string, string> = { js: 'esModule', mjs: 'esModule', wasm: 'wasm', txt: 'text' };

/**
 * Formats the configuration of `workerd serve` (Cap'n Proto text), to stand beside the bundled modules.
 *
 * It holds nothing of one particular start: the address and the two directories are given on the command line
 * (`--socket-addr http=`, `--directory-path assets=`, `--directory-path storage=`), so that one build serves any number
 * of servers at once.
 *
 * "internet" is where workerd sends whatever the worker fetches; the worker fetches nothing, so it leads nowhere: what might
 * trick it into a call reaches neither the network it runs in nor anyone else.
 */
export function formatWorkerdConfig(settings: WorkerSettings, modules: readonly WorkerModule[]): string {
  const objects = settings.durableObjects;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "assets", disk = (writable = false)),
    (name = "storage", disk = (writable = true)),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  compatibilityDate = ${quote(settings.compatibilityDate)},
  compatibilityFlags = [${settings.compatibilityFlags.map(quote).join(', ')}],
  modules = [${lines(modules.map(formatModule))}],
  bindings = [${lines([
    ...objects.map(
      ({ binding, className }) => `(name = ${quote(binding)}, durableObjectNamespace = ${quote(className)})`,
    ),
    `(name = ${quote(settings.assetsBinding)}, service = "assets")`,
    ...settings.textBindings.map((name) => `(name = ${quote(name)}, fromEnvironment = ${quote(name)})`),
  ])}],
  durableObjectNamespaces = [${lines(objects.map(({ className }) => formatNamespace(className)))}],
  durableObjectStorage = (localDisk = "storage"),
);
`;
}

/** The key names the objects' folder on disk and goes into their ids: changing it orphans all data. */
function formatNamespace(className: string): string {
  return `(className = ${quote(className)}, uniqueKey = ${quote(`tandem-${className.toLowerCase()}`)}, enableSql = true)`;
}

function formatModule({ name }: WorkerModule): string {
  const kind = moduleKindByExtension[name.split('.').at(-1) ?? ''];
  if (kind === undefined)
    throw new Error(`The worker's bundle holds ${name}, and there is no rule how workerd reads it.`);
  return `(name = ${quote(name)}, ${kind} = embed ${quote(name)})`;
}

function lines(entries: readonly string[]): string {
  return entries
    .map((entry) => `\n    ${entry},`)
    .join('')
    .concat('\n  ');
}

/** Cap'n Proto text takes the escapes of C; names and dates need no more than these. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
