import { RpcTarget } from 'cloudflare:workers';
import { CEREMONY_MIGRATIONS } from '../security/ceremonies.ts';
import { RATE_LIMIT_MIGRATIONS } from '../security/rate-limits.ts';
import { applyMigrations } from '../storage/apply-migrations.ts';
import { Cards } from './cards.ts';
import { Cashiers } from './cashiers.ts';
import type { RegistryContext } from './context.ts';
import { REGISTRY_MIGRATIONS } from './migrations.ts';
import { Shops } from './shops.ts';
import { Tills } from './tills.ts';
import { Wallets } from './wallets.ts';

/**
 * The people and things of one participant, by who asks: the console (`shops`, `cards`), tills (`tills`, `cashiers`), wallets
 * (`wallets`). Offered by the Ledger object over RPC: see `openRegistry`.
 */
export class Registry extends RpcTarget {
  readonly #shops: Shops;
  readonly #cards: Cards;
  readonly #tills: Tills;
  readonly #cashiers: Cashiers;
  readonly #wallets: Wallets;

  /** Brings its own tables up to date. Make it once, in the object's constructor. */
  constructor(context: RegistryContext) {
    super();
    applyMigrations(context.storage, 'rate-limits', RATE_LIMIT_MIGRATIONS);
    applyMigrations(context.storage, 'ceremonies', CEREMONY_MIGRATIONS);
    applyMigrations(context.storage, 'registry', REGISTRY_MIGRATIONS);
    this.#shops = new Shops(context);
    this.#cards = new Cards(context);
    this.#tills = new Tills(context);
    this.#cashiers = new Cashiers(context);
    this.#wallets = new Wallets(context);
  }

  get shops(): Shops {
    return this.#shops;
  }

  get cards(): Cards {
    return this.#cards;
  }

  get tills(): Tills {
    return this.#tills;
  }

  get cashiers(): Cashiers {
    return this.#cashiers;
  }

  get wallets(): Wallets {
    return this.#wallets;
  }
}
