import { buildSite } from '../../edge/serve/build-site.ts';

/** Before the tests that need the built apps and worker: builds them, unless they already stand for these sources. */
export async function setup(): Promise<void> {
  await buildSite();
}
