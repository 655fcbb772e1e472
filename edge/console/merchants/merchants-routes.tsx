import { Hono } from 'hono';
import { CreateMerchantCall } from '../../../shared/protocol/wire/administration.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo } from '../forms/note.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { optionalField, readForm } from '../forms/read-form.ts';
import { createMerchant } from '../operations/shops.ts';
import { suggestMerchantNo } from '../operations/suggest-numbers.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { loadShopFigures } from './load-shop-figures.ts';
import { MerchantsPage } from './merchants-page.tsx';

const WORDS: FieldWords = {
  name: 'Enter a name of at most 32 plain letters, fewer with accents.',
  merchantNo: 'This is no merchant number. Enter 15 capital letters or digits.',
};

export const merchantsRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showMerchants(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const { name, merchantNo } = values;
    const parsed = parseForm(CreateMerchantCall, { name, merchantNo: optionalField(merchantNo) }, WORDS);
    if (!parsed.ok) return showMerchants(c, withErrors(values, parsed.errors), 422);
    const created = await createMerchant(c.get('books'), parsed.value);
    if (!created.ok) {
      const words = 'Another shop has this number. Enter its own.';
      return showMerchants(c, withRefusal(values, created, { already_exists: ['merchantNo', words] }), 422);
    }
    const { code } = c.get('books').participant;
    return goTo(c, places.merchant(code, created.value.merchantNo), {
      said: `${created.value.name} is a merchant now. Add its first cashier and till.`,
    });
  });

async function showMerchants(c: ConsoleContext, form: FormState, status: 200 | 422 = 200) {
  const view = createView(c);
  const { ledger, participant } = c.get('books');
  using registry = openRegistry(ledger);
  const merchants = await registry.shops.listMerchants();
  const figuresOf = await loadShopFigures(
    c,
    merchants.map(({ accountNumber }) => accountNumber),
  );
  const rows = merchants.map((merchant) => ({ ...merchant, ...figuresOf(merchant.accountNumber) }));
  const suggestedNo = suggestMerchantNo(participant.code);
  return c.html(<MerchantsPage view={view} merchants={rows} suggestedNo={suggestedNo} form={form} />, status);
}
