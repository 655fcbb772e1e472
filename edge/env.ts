import type { Clearing } from './clearing/clearing.ts';
import type { Ledger } from './ledger/ledger.ts';

/** What the worker is bound to: wrangler.toml on Cloudflare, the generated configuration in plain workerd. */
export interface Env {
  /** One object per participant, named by its six-digit code: its books and its registry. */
  readonly LEDGER: DurableObjectNamespace<Ledger>;
  /** One object, named `clearing`: programme, participants, centre keys, administrators. */
  readonly CLEARING: DurableObjectNamespace<Clearing>;
  /** The static files of the apps and the console. */
  readonly ASSETS: Fetcher;
  /** What browsers have in their address bar, e.g. `https://pay.example.org`. Passkeys are bound to its host name. */
  readonly PUBLIC_ORIGIN: string;
  /** Where an app has a host of its own; empty: the public origin. */
  readonly POS_ORIGIN?: string;
  readonly WALLET_ORIGIN?: string;
  /** `1` opens the demo programme, with its sign-ups for anyone. */
  readonly DEMO?: string;
  /** Wraps private keys at rest and makes accounts’ secrets. Losing it makes the keys unreadable and cross-check codes worthless. */
  readonly KEY_SECRET: string;
  /** Claims the console on first run, once. */
  readonly SETUP_CODE: string;
  /** `1` adds the routes that do nothing, to measure against. */
  readonly BENCH?: string;
  /** `0` gives each operation of the ledger a transaction of its own, to measure group commit against. */
  readonly GROUP_COMMIT?: string;
  /** `1`: a proxy of ours stands before the worker, and its `X-Forwarded-For` is to be believed. */
  readonly TRUST_PROXY?: string;
}
