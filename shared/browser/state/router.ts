import { Store } from './store.ts';

export interface Route<Name extends string> {
  readonly name: Name;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Pattern by screen: segments under the base, `:name` takes one segment. `''` is the first screen. */
export type RouteTable<Name extends string> = Readonly<Record<Name, string>>;

/** @returns undefined for an address that is no screen of this app */
export function matchRoute<Name extends string>(
  table: RouteTable<Name>,
  base: string,
  url: URL,
): Route<Name> | undefined {
  if (!url.pathname.startsWith(base)) return undefined;
  const segments = split(url.pathname.slice(base.length));
  for (const [name, pattern] of Object.entries(table) as [Name, string][]) {
    const wanted = split(pattern);
    if (wanted.length !== segments.length) continue;
    if (!wanted.every((part, index) => part.startsWith(':') || part === segments[index])) continue;
    const params = Object.fromEntries(
      wanted.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), segments[index] as string]] : [])),
    );
    return { name, params, query: url.searchParams };
  }
  return undefined;
}

/** Screens as addresses under the app's base (`/pos/`), so that links, the back key and a reload do what people expect. */
export class Router<Name extends string> {
  readonly route: Store<Route<Name>>;
  readonly #table: RouteTable<Name>;
  readonly #base: string;
  readonly #fallback: Name;

  /** @param fallback screen for addresses that are none */
  constructor(table: RouteTable<Name>, base: string, fallback: Name, signal?: AbortSignal) {
    this.#table = table;
    this.#base = base;
    this.#fallback = fallback;
    this.route = new Store(this.#read());
    const options = signal ? { signal } : {};
    addEventListener('popstate', () => this.route.set(this.#read()), options);
    document.addEventListener('click', (event) => this.#onClick(event), options);
  }

  /** @param path under the base, e.g. `history/17` */
  go(path: string, { isReplacing = false } = {}): void {
    history[isReplacing ? 'replaceState' : 'pushState'](null, '', this.#base + path);
    this.route.set(this.#read());
  }

  back(): void {
    history.length > 1 ? history.back() : this.go('', { isReplacing: true });
  }

  #read(): Route<Name> {
    const url = new URL(location.href);
    return matchRoute(this.#table, this.#base, url) ?? { name: this.#fallback, params: {}, query: url.searchParams };
  }

  /** Plain links inside the app change the screen; everything else (new tab, download, other site) is the browser's. */
  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!matchRoute(this.#table, this.#base, new URL(link.href))) return;
    event.preventDefault();
    this.go(link.pathname.slice(this.#base.length) + link.search);
  }
}

function split(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeSegment);
}

/** A link typed or scanned may hold a lone `%`: that is text, not a fault. */
function decodeSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
