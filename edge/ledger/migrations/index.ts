import { BOOKS } from './001-books.ts';
import { PAYMENTS } from './002-payments.ts';

/** The books' tables, numbered by place from 1; see `applyMigrations`. What has been released is never edited. */
export const BOOKS_MIGRATIONS: readonly string[] = [BOOKS, PAYMENTS];
