import { openRegistry } from '../../registry/open-registry.ts';
import { originsOf } from '../../security/origins.ts';
import type { ConsoleContext } from '../console-context.ts';
import { places } from '../places.ts';

/** What a new programme lacks until its first payment. */
export interface NextStep {
  readonly title: string;
  readonly words: string;
  readonly action: string;
  readonly href: string;
}

/** Shown first of all on a new programme's overview: one thing to do, and where. */
export function NextStepCard({ step }: { step: NextStep | undefined }) {
  return (
    <div id="next" data-refresh-seconds={5}>
      {step && (
        <section class="card next-step" aria-labelledby="next-title">
          <div>
            <h2 id="next-title">Next: {step.title}</h2>
            <p>{step.words}</p>
          </div>
          <a class="button primary" href={step.href}>
            {step.action}
          </a>
        </section>
      )}
    </div>
  );
}

/** In the order in which one thing needs the other: shop, cashier, till, tablet, money, sale. */
export async function findNextStep(c: ConsoleContext, { hasMoney }: { hasMoney: boolean }): Promise<NextStep> {
  const { participant, ledger } = c.get('books');
  using registry = openRegistry(ledger);
  const shop = (await registry.shops.listMerchants()).find(({ status }) => status === 'open');
  if (!shop) {
    return {
      title: 'add a shop',
      words: 'Name the first shop that takes payments. Its cashier and its till come after.',
      action: 'Add a shop',
      href: `${places.merchants(participant.code)}#add`,
    };
  }
  const here = places.merchant(participant.code, shop.merchantNo);
  const [operators, terminals] = await Promise.all([
    registry.shops.listOperators(shop.merchantNo),
    registry.shops.listTerminals(shop.merchantNo),
  ]);
  if (!operators.some(({ status }) => status === 'open')) {
    const words = `Nobody can sell at ${shop.name} yet: a till needs a cashier.`;
    return { title: 'add a cashier', words, action: 'Add a cashier', href: `${here}#cashiers` };
  }
  const till = terminals.find(({ status }) => status === 'open');
  if (!till) {
    const words = `${shop.name} has a cashier, and no till to sell at yet.`;
    return { title: 'add a till', words, action: 'Add a till', href: `${here}#tills` };
  }
  if (terminals.every(({ activatedAtMs }) => activatedAtMs === undefined)) {
    const words = 'Make its activation code and scan it with the tablet that is to be the till.';
    const href = `${places.terminal(participant.code, till.terminalId)}#activate`;
    return { title: 'activate the till', words, action: 'To the till', href };
  }
  if (!hasMoney) {
    const words = `A customer makes a wallet at ${originsOf(c.env).walletOrigin}/wallet/ and is then found under Accounts, where you add money.`;
    return { title: 'put money on a card', words, action: 'To the accounts', href: places.accounts(participant.code) };
  }
  return {
    title: 'make the first payment',
    words: 'Key an amount on the till and scan its code with the wallet. The payment shows here at once.',
    action: 'To the payments',
    href: places.payments(participant.code),
  };
}
