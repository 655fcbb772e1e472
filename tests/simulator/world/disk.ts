import type { Device, World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = ReadonlyMap<string, { readonly key: unknown; readonly value: Row }>;

/** Which field is the key of a store; null: the key is given with each row. */
export type DiskSchema = Readonly<Record<string, string | null>>;

/** All that a device has written, as it stands: to be copied with it. */
export type DiskImage = ReadonlyMap<string, Rows>;

/**
 * A device's IndexedDB: as much of `shared/browser/storage/database.ts` as the apps' stores ask for. A write is all there or not at
 * all; it may fail, and the device may be killed before it or after it.
 */
export class Disk {
  readonly #world: World;
  readonly #device: Device;
  readonly #schema: DiskSchema;
  #stores: DiskImage;

  constructor(world: World, device: Device, schema: DiskSchema, image?: DiskImage) {
    this.#world = world;
    this.#device = device;
    this.#schema = schema;
    this.#stores = image ?? new Map(Object.keys(schema).map((name) => [name, new Map()]));
  }

  /** Rows are never changed in place, so a copy of the tables is a copy of the disk. */
  image(): DiskImage {
    return this.#stores;
  }

  restore(image: DiskImage): void {
    this.#stores = image;
  }

  async read<T>(_stores: readonly string[], work: (transaction: DiskTransaction) => Promise<T>): Promise<T> {
    this.#device.pass();
    return work(new DiskTransaction(this.#schema, this.#stores));
  }

  async writeStrict<T>(_stores: readonly string[], work: (transaction: DiskTransaction) => Promise<T>): Promise<T> {
    this.#device.pass();
    const transaction = new DiskTransaction(this.#schema, this.#stores);
    const value = await work(transaction);
    if (this.#world.happens('storage')) throw new DOMException('The disk is full.', 'QuotaExceededError');
    this.#stores = transaction.written();
    this.#device.pass();
    return value;
  }

  /** Without any fault: for whoever looks at it from outside. */
  rows<T>(store: string): T[] {
    return [...(this.#stores.get(store)?.values() ?? [])].map(({ value }) => value as T);
  }
}

class DiskTransaction {
  readonly #schema: DiskSchema;
  readonly #stores: Map<string, Rows>;

  constructor(schema: DiskSchema, stores: DiskImage) {
    this.#schema = schema;
    this.#stores = new Map(stores);
  }

  written(): DiskImage {
    return this.#stores;
  }

  objectStore(name: string) {
    const rows = () => this.#stores.get(name)!;
    const change = (edit: (copy: Map<string, { key: unknown; value: Row }>) => void) => {
      const copy = new Map(rows());
      edit(copy);
      this.#stores.set(name, copy);
    };
    const put = async (value: Row, key?: unknown) => {
      const keyPath = this.#schema[name];
      const own = keyPath === null || keyPath === undefined ? key : value[keyPath];
      change((copy) => copy.set(textOf(own), { key: own, value }));
      return own;
    };
    const sorted = () => [...rows()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
    return {
      get: async (key: unknown) => rows().get(textOf(key))?.value,
      getAll: async () => sorted().map(({ value }) => value),
      getAllKeys: async () => sorted().map(({ key }) => key),
      count: async () => rows().size,
      put,
      add: async (value: Row, key?: unknown) => {
        const keyPath = this.#schema[name];
        const own = keyPath === null || keyPath === undefined ? key : value[keyPath];
        if (rows().has(textOf(own))) throw new DOMException('It is there already.', 'ConstraintError');
        return put(value, key);
      },
      delete: async (key: unknown) => change((copy) => copy.delete(textOf(key))),
      clear: async () => change((copy) => copy.clear()),
      index: (index: string) => ({
        getAll: async (wanted: unknown) =>
          sorted()
            .map(({ value }) => value)
            .filter((value) => matches(value, INDEXES[index] ?? index, wanted)),
      }),
    };
  }
}

/** Where an index of the apps looks. */
const INDEXES: Readonly<Record<string, string>> = {
  byStatus: 'state.status',
  byRequest: 'facts.requestHash',
  status: 'state.status',
  handInDue: 'state.handInDue',
};

function matches(value: Row, path: string, wanted: unknown): boolean {
  let found: unknown = value;
  for (const name of path.split('.')) found = (found as Row | undefined)?.[name];
  return found !== undefined && textOf(found) === textOf(wanted);
}

function textOf(key: unknown): string {
  return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : String(key);
}
