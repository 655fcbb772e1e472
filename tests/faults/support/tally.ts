import { appendFileSync } from 'node:fs';

/** What `npm run faults` counts over all its files and says at the end. */
export const TALLIED = [
  'SIGKILLs of workerd',
  'of them between the steps of an offline hand-in',
  'sales settled and compared',
  'offline sales settled and compared',
  'calls that a network spoiled',
  'calls refused while the disk was full',
  'alarms that failed while the disk was full',
] as const;
export type Tallied = (typeof TALLIED)[number];

/** Counts for the report, where there is to be one: tests run in processes of their own, so each adds a line to one file. */
export function tally(what: Tallied, count = 1): void {
  const file = process.env.FAULTS_TALLY;
  if (file) appendFileSync(file, `${count} ${what}\n`);
}
