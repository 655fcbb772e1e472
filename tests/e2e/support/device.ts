import type { Page } from '@playwright/test';
import type { VirtualAuthenticator } from './virtual-authenticator.ts';

/** A browser profile of its own, with one window, a camera and a platform authenticator. */
export interface Device {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
}
