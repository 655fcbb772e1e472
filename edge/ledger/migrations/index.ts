import { BOOKS } from './001-books.ts';
import { PAYMENTS } from './002-payments.ts';
import { UNPROVEN_ATTEMPTS } from './003-unproven-attempts.ts';
import { REQUEST_LIFETIMES } from './004-request-lifetimes.ts';
import { PAY_CODES } from './005-pay-codes.ts';
import { CARRIED_REQUESTS } from './006-carried-requests.ts';
import { ALLOWANCES } from './007-allowances.ts';
import { TOLD_TILLS } from './008-told-tills.ts';
import { ACCEPTANCES_OF_REQUESTS } from './009-acceptances-of-requests.ts';

/** The books' tables, numbered by place from 1; see `applyMigrations`. What has been released is never edited. */
export const BOOKS_MIGRATIONS: readonly string[] = [
  BOOKS,
  PAYMENTS,
  UNPROVEN_ATTEMPTS,
  REQUEST_LIFETIMES,
  PAY_CODES,
  CARRIED_REQUESTS,
  ALLOWANCES,
  TOLD_TILLS,
  ACCEPTANCES_OF_REQUESTS,
];
