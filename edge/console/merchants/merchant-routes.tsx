import { Hono } from 'hono';
import * as v from 'valibot';
import { MerchantNo, OperatorNo } from '../../../shared/protocol/identifiers.ts';
import {
  CreateOperatorCall,
  CreateTerminalCall,
  SetMerchantStatusCall,
} from '../../../shared/protocol/wire/administration.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { pageOfForm } from '../forms/form-page.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { type FormValues, optionalField, readForm } from '../forms/read-form.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { showRefusal } from '../layout/refusal-page.tsx';
import { createOperator, createTerminal } from '../operations/shops.ts';
import { suggestOperatorNo, suggestTerminalId } from '../operations/suggest-numbers.ts';
import type { FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { loadShopFigures } from './load-shop-figures.ts';
import { type MerchantFormName, MerchantPage } from './merchant-page.tsx';

const TERMINAL_WORDS: FieldWords = { terminalId: 'This is no terminal id. Enter 8 capital letters or digits.' };
const OPERATOR_WORDS: FieldWords = {
  operatorNo: 'This is no operator number. Enter 2 to 4 digits.',
  name: 'Enter a name of at most 40 characters.',
};

/** One shop, under its merchant number. */
export const merchantRoutes = new Hono<ConsoleEnv>()
  .get('/:merchantNo', (c) => showMerchant(c))
  .get('/:merchantNo/*', (c) => c.redirect(pageOfForm(c)))
  .post('/:merchantNo/status', async (c) => {
    const { status } = await readForm(c);
    const call = v.safeParse(SetMerchantStatusCall, { merchantNo: c.req.param('merchantNo'), status });
    if (!call.success) return showNotFound(c);
    const { merchantNo } = call.output;
    using registry = openRegistry(c.get('books').ledger);
    const changed = await registry.shops.setMerchantStatus(merchantNo, call.output.status);
    if (!changed.ok) return showRefusal(c, changed);
    const said = changed.value.status === 'open' ? 'The merchant is open again.' : 'The merchant is closed.';
    return goTo(c, places.merchant(c.get('books').participant.code, merchantNo), { said });
  })
  .post('/:merchantNo/terminals', async (c) => {
    const values = await readForm(c);
    const merchantNo = c.req.param('merchantNo');
    const terminalId = optionalField(values.terminalId);
    const parsed = parseForm(CreateTerminalCall, { merchantNo, terminalId }, TERMINAL_WORDS);
    if (!parsed.ok) return showMerchant(c, 'terminal', withErrors(values, parsed.errors));
    const created = await createTerminal(c.get('books'), parsed.value);
    if (!created.ok) {
      const words = 'Another till has this id. Choose another.';
      return showMerchant(c, 'terminal', withRefusal(values, created, { already_exists: ['terminalId', words] }));
    }
    return goTo(c, places.terminal(c.get('books').participant.code, created.value.terminalId), {
      said: 'The till is added. Activate it on a tablet.',
    });
  })
  .post('/:merchantNo/operators', async (c) => {
    const values = await readForm(c);
    const { operatorNo, name } = values;
    const parsed = parseForm(
      CreateOperatorCall,
      { merchantNo: c.req.param('merchantNo'), operatorNo, name },
      OPERATOR_WORDS,
    );
    if (!parsed.ok) return showMerchant(c, 'operator', withErrors(values, parsed.errors));
    const created = await createOperator(c.get('books'), parsed.value);
    if (!created.ok) {
      const words = 'This shop has a cashier with this number. Choose another.';
      return showMerchant(c, 'operator', withRefusal(values, created, { already_exists: ['operatorNo', words] }));
    }
    const { operator, enrolment } = created.value;
    const place = `${places.merchant(c.get('books').participant.code, parsed.value.merchantNo)}#cashier-code`;
    return goTo(c, place, { ...enrolment, subject: `${operator.operatorNo} ${operator.name}` });
  })
  .post('/:merchantNo/operators/:operatorNo/enrolment-code', async (c) => {
    const named = parseOperator(c.req.param());
    if (!named) return showNotFound(c);
    using registry = openRegistry(c.get('books').ledger);
    const enrolment = await registry.shops.createEnrolmentCode(named.merchantNo, named.operatorNo);
    if (!enrolment.ok) return showRefusal(c, enrolment);
    const place = `${places.merchant(c.get('books').participant.code, named.merchantNo)}#cashier-code`;
    return goTo(c, place, { ...enrolment.value, subject: named.operatorNo });
  })
  .post('/:merchantNo/operators/:operatorNo/status', async (c) => {
    const named = parseOperator(c.req.param());
    const { status } = await readForm(c);
    if (!named || (status !== 'open' && status !== 'closed')) return showNotFound(c);
    using registry = openRegistry(c.get('books').ledger);
    const changed = await registry.shops.setOperatorStatus(named.merchantNo, named.operatorNo, status);
    if (!changed.ok) return showRefusal(c, changed);
    const said = status === 'open' ? 'The cashier may sell again.' : 'The cashier is closed.';
    return goTo(c, places.merchant(c.get('books').participant.code, named.merchantNo), { said });
  });

function parseOperator(param: FormValues) {
  const parsed = v.safeParse(v.object({ merchantNo: MerchantNo, operatorNo: OperatorNo }), param);
  return parsed.success ? parsed.output : undefined;
}

async function showMerchant(c: ConsoleContext, refusedName?: MerchantFormName, form?: FormState) {
  const merchantNo = v.safeParse(MerchantNo, c.req.param('merchantNo'));
  using registry = openRegistry(c.get('books').ledger);
  const merchant = merchantNo.success ? await registry.shops.findMerchant(merchantNo.output) : undefined;
  if (!merchant) return showNotFound(c);
  const [terminals, operators, figuresOf, note] = await Promise.all([
    registry.shops.listTerminals(merchant.merchantNo),
    registry.shops.listOperators(merchant.merchantNo),
    loadShopFigures(c, [merchant.accountNumber]),
    takeNote(c, { isKept: true }),
  ]);
  const refused = refusedName && form ? { name: refusedName, form } : undefined;
  return c.html(
    <MerchantPage
      view={createView(c, note.said)}
      merchant={{ ...merchant, ...figuresOf(merchant.accountNumber), terminals, operators }}
      suggestedTerminalId={suggestTerminalId()}
      suggestedOperatorNo={suggestOperatorNo(operators.map(({ operatorNo }) => operatorNo))}
      enrolment={
        note.code ? { code: note.code, subject: note.subject ?? '', expiresAtMs: note.expiresAtMs } : undefined
      }
      refused={refused}
    />,
    refused ? 422 : 200,
  );
}
