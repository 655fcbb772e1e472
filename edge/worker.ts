import { createApp } from './app.ts';
import type { Env } from './env.ts';

export { Clearing } from './clearing/clearing.ts';
export { Ledger } from './ledger/ledger.ts';

const app = createApp();

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
