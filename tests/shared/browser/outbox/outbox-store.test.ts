import { expect, it } from 'vitest';
import { createOutboxItem, type OutboxItem } from '../../../../shared/browser/outbox/outbox-order.ts';
import { OutboxStore } from '../../../../shared/browser/outbox/outbox-store.ts';

function createStore(...items: OutboxItem[]) {
  const rows = new Map(items.map((item) => [item.id, item]));
  const table = {
    get: async (id: string) => rows.get(id),
    getAll: async () => [...rows.values()],
    put: async (item: OutboxItem) => void rows.set(item.id, item),
    delete: async (id: string) => void rows.delete(id),
  };
  const run = <T>(_stores: unknown, work: (transaction: { objectStore(): typeof table }) => Promise<T>) =>
    work({ objectStore: () => table });
  return new OutboxStore({ read: run, writeStrict: run });
}

const item = createOutboxItem('one', 1, 1_000);

it('writes down how an item stands', async () => {
  const store = createStore(item);
  await store.put({ ...item, failures: 3 });
  expect(await store.load('one')).toMatchObject({ failures: 3 });
});

it('does not bring back what another window has brought to its end meanwhile', async () => {
  const store = createStore(item);
  await store.remove('one');
  await store.put({ ...item, failures: 3 });
  expect(await store.loadAll()).toEqual([]);
});
