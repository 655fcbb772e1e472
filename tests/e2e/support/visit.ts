import type { Page } from '@playwright/test';

/** Called at each screen of a tour, once it stands still. */
export type Visit = (page: Page, screen: string) => Promise<void>;
