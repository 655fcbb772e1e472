/** Words by key; `{name}` marks where a value goes. */
export type MessageTable = Readonly<Record<string, string>>;

export type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Makes the lookup for one table, typed by its keys, so that a sentence without words does not compile. Another language is
 * another table with the same keys. A placeholder without a value stays visible: a bug that can be seen and searched for.
 */
export function createSay<Table extends MessageTable>(table: Table): Say<keyof Table & string> {
  return (key, values = {}) =>
    (table[key] as string).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
