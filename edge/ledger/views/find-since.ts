/**
 * The first row of an append-only table that is not older than `atMs`, found by halving: rows are numbered in the order of
 * time, so no index by time has to grow with them. A clock set back makes it imprecise by as much.
 * @param newest the highest number; rows are dense from `oldest`
 * @returns newest + 1 when all are older
 */
export function findFirstSince(
  loadTimeMs: (row: number) => number,
  oldest: number,
  newest: number,
  atMs: number,
): number {
  let low = oldest;
  let high = newest + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (loadTimeMs(middle) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function findFirstRequestSince(sql: SqlStorage, atMs: number): number {
  const { newest } = sql.exec<{ newest: number | null }>('SELECT max(id) AS newest FROM requests').one();
  const loadTimeMs = (id: number) =>
    sql.exec<{ at: number }>('SELECT submitted_at_ms AS at FROM requests WHERE id = ?', id).one().at;
  return findFirstSince(loadTimeMs, 1, newest ?? 0, atMs);
}

export function findFirstEntrySince(sql: SqlStorage, atMs: number): number {
  const { newest } = sql.exec<{ newest: number | null }>('SELECT max(sequence) AS newest FROM journal').one();
  const loadTimeMs = (sequence: number) =>
    sql.exec<{ at: number }>('SELECT at_ms AS at FROM journal WHERE sequence = ?', sequence).one().at;
  return findFirstSince(loadTimeMs, 0, newest ?? -1, atMs);
}
