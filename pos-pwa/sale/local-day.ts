/** The day on the wall calendar of the shop, `2026-03-31`: what a cashier calls today. */
export function localDay(timeMs: number): string {
  const date = new Date(timeMs);
  const month = String(date.getMonth() + 1).padStart(2, '0');
  const day = String(date.getDate()).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${day}`;
}
