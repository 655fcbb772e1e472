import { registerHooks } from 'node:module';

/** Import this before anything of `edge/`: what only workerd knows is found here. */
const WORKERS = new URL('./workers-module.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'cloudflare:workers' ? { url: WORKERS, shortCircuit: true } : next(specifier, context),
});
