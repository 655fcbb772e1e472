import { Hono } from 'hono';
import * as v from 'valibot';
import { TerminalId } from '../../../shared/protocol/identifiers.ts';
import { CreateActivationCodeCall, SetTerminalStatusCall } from '../../../shared/protocol/wire/administration.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import { CODE_VALID_MS } from '../../registry/secret-codes.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { pageOfForm } from '../forms/form-page.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { optionalField, readForm } from '../forms/read-form.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { showRefusal } from '../layout/refusal-page.tsx';
import { createActivationCode, linkActivation } from '../operations/shops.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { TerminalPage } from './terminal-page.tsx';

/** One till, under its terminal id. */
export const terminalRoutes = new Hono<ConsoleEnv>()
  .get('/:terminalId', (c) => showTerminal(c, EMPTY_FORM))
  .get('/:terminalId/*', (c) => c.redirect(pageOfForm(c)))
  .post('/:terminalId/activation-code', async (c) => {
    const values = await readForm(c);
    const parsed = parseForm(
      CreateActivationCodeCall,
      { terminalId: c.req.param('terminalId'), operatorNo: optionalField(values.operatorNo) },
      { operatorNo: 'Choose a cashier of this shop.' },
    );
    if (!parsed.ok) return showTerminal(c, withErrors(values, parsed.errors));
    const created = await createActivationCode(c.get('desk'), c.get('books'), parsed.value);
    // Anything but the choice of cashier is about the till itself, which then shows no form to say it in.
    if (!created.ok && created.code !== 'operator_unknown') return showRefusal(c, created);
    if (!created.ok) {
      const words = 'This cashier is not at this shop any more. Choose another.';
      return showTerminal(c, withRefusal(values, created, { operator_unknown: ['operatorNo', words] }));
    }
    const { code, expiresAtMs } = created.value;
    const place = `${places.terminal(c.get('books').participant.code, parsed.value.terminalId)}#activate`;
    return goTo(c, place, { code, expiresAtMs });
  })
  .post('/:terminalId/status', async (c) => {
    const { status } = await readForm(c);
    const call = v.safeParse(SetTerminalStatusCall, { terminalId: c.req.param('terminalId'), status });
    if (!call.success) return showNotFound(c);
    const { terminalId } = call.output;
    using registry = openRegistry(c.get('books').ledger);
    const changed = await registry.shops.setTerminalStatus(terminalId, call.output.status);
    if (!changed.ok) return showRefusal(c, changed);
    const said = changed.value.status === 'open' ? 'The till is open. Activate it to sell.' : 'The till is closed.';
    return goTo(c, places.terminal(c.get('books').participant.code, terminalId), { said });
  });

async function showTerminal(c: ConsoleContext, form: FormState) {
  const terminalId = v.safeParse(TerminalId, c.req.param('terminalId'));
  using registry = openRegistry(c.get('books').ledger);
  const terminal = terminalId.success ? await registry.shops.findTerminal(terminalId.output) : undefined;
  if (!terminal) return showNotFound(c);
  const [operators, terms, note] = await Promise.all([
    registry.shops.listOperators(terminal.merchantNo),
    registry.shops.findTerminalTerms(terminal.terminalId),
    takeNote(c, { isKept: true }),
  ]);
  const { code, expiresAtMs = 0 } = note;
  const { activatedAtMs } = terminal;
  // Once a tablet has taken the code, it is of no more use to anyone.
  const isUsed = activatedAtMs !== undefined && activatedAtMs >= expiresAtMs - CODE_VALID_MS;
  return c.html(
    <TerminalPage
      view={createView(c, note.said)}
      terminal={{ ...terminal, terms, operators: operators.filter(({ status }) => status === 'open') }}
      activation={code && !isUsed ? { code, expiresAtMs, link: linkActivation(c.env, code) } : undefined}
      form={form}
    />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
