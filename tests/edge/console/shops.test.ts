import { beforeAll, describe, expect, it } from 'vitest';
import { activateTill } from '../../support/enrol.ts';
import { createClient, registryOf } from '../support/test-app.ts';
import { type ConsoleVisitor, fieldValue, openConsole } from './console-visitor.ts';

const MERCHANT_NO = '100001000000025';
const MERCHANTS = '/centre/100001/merchants';
const MERCHANT = `${MERCHANTS}/${MERCHANT_NO}`;
const TERMINAL = '/centre/100001/terminals/ABCD2345';

let visitor: ConsoleVisitor;

beforeAll(async () => {
  visitor = await openConsole();
});

/** One story: a shop, its till, its cashier. Each test stands on the one before. */
describe('a merchant', () => {
  it('begins with a page that says what to do', async () => {
    const page = await visitor.open(MERCHANTS);
    expect(page.text).toContain('No merchants yet.');
    expect(fieldValue(page.html, 'merchantNo')).toMatch(/^100001[0-9]{9}$/);
  });

  it.each([
    ['', MERCHANT_NO, 'Enter a name of at most 32 plain letters'],
    ['ä'.repeat(17), MERCHANT_NO, 'Enter a name of at most 32 plain letters'],
    ['Corner‮Café', MERCHANT_NO, 'Enter a name of at most 32 plain letters'],
    ['Corner Café', '12', 'This is no merchant number.'],
  ])('says beside the field what does not fit: %j %j', async (name, merchantNo, words) => {
    const page = await visitor.send(MERCHANTS, { name, merchantNo });
    expect(page.status).toBe(422);
    expect(page.text).toContain(words);
    expect(page.html).toMatch(/aria-invalid="true" aria-describedby="field-(?:name|merchantNo)-note"/);
  });

  it('is made once, however often the form is sent', async () => {
    const fields = { name: 'Corner Café', merchantNo: MERCHANT_NO };
    const sent = await Promise.all([visitor.send(MERCHANTS, fields), visitor.send(MERCHANTS, fields)]);
    expect(sent.map(({ status, location }) => [status, location])).toEqual([
      [303, `${MERCHANT}#content`],
      [303, `${MERCHANT}#content`],
    ]);
    expect(await registryOf().shops.listMerchants()).toHaveLength(1);
    expect((await visitor.open(MERCHANT)).text).toContain('Corner Café');
  });

  it('does not take the number of another', async () => {
    const page = await visitor.send(MERCHANTS, { name: 'Kiosk', merchantNo: MERCHANT_NO });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Another shop has this number.');
    expect(fieldValue(page.html, 'name')).toBe('Kiosk');
  });
});

describe('a till', () => {
  it('is made once, and never under an id in use elsewhere', async () => {
    for (let time = 0; time < 2; time += 1) {
      const sent = await visitor.send(`${MERCHANT}/terminals`, { terminalId: 'ABCD2345' });
      expect(sent.location).toBe(`${TERMINAL}#content`);
    }
    await visitor.send(MERCHANTS, { name: 'Kiosk', merchantNo: '100001000000033' });
    const taken = await visitor.send(`${MERCHANTS}/100001000000033/terminals`, { terminalId: 'ABCD2345' });
    expect([taken.status, taken.text.includes('Another till has this id.')]).toEqual([422, true]);
    const wrong = await visitor.send(`${MERCHANT}/terminals`, { terminalId: 'abc' });
    expect([wrong.status, wrong.text.includes('This is no terminal id.')]).toEqual([422, true]);
    expect((await visitor.open(TERMINAL)).text).toContain('Not activated');
  });

  it('is activated by the code that its page shows as picture, link and letters', async () => {
    const page = await visitor.sendAndFollow(`${TERMINAL}/activation-code`);
    const [, code = ''] = /#activate=([A-Z2-7]{12})"/.exec(page.html) ?? [];
    expect(page.text).toContain(code.replaceAll(/(.{4})(?=.)/g, '$1-'));
    expect(page.html).toContain('aria-label="QR code: Activate till ABCD2345"');
    // Loading the page again within minutes shows it again; it is in no address.
    expect((await visitor.open(TERMINAL)).html).toContain(code);
    await activateTill(createClient(), code);
    expect((await visitor.open(TERMINAL)).text).toContain('Activate another device');
  });

  it('shows its code to nobody else', async () => {
    const page = await visitor.sendAndFollow(`${TERMINAL}/activation-code`);
    const [, code = ''] = /#activate=([A-Z2-7]{12})"/.exec(page.html) ?? [];
    const note = visitor.client.cookies.get('tandem_note') ?? '';
    expect(note).not.toContain(code);
    // Signed in anew, the same note opens no more: it was sealed to the session before.
    await visitor.send('/centre/sign-out');
    await visitor.signIn(visitor.passkey!);
    visitor.client.cookies.set('tandem_note', note);
    expect((await visitor.open(TERMINAL)).html).not.toContain(code);
    expect((await visitor.open(TERMINAL)).status).toBe(200);
  });

  it('is closed and opened again', async () => {
    const closed = await visitor.sendAndFollow(`${TERMINAL}/status`, { status: 'closed' });
    expect(closed.text).toContain('The till is closed.');
    expect((await visitor.send(`${TERMINAL}/activation-code`)).text).toContain('The terminal was closed or replaced.');
    const opened = await visitor.sendAndFollow(`${TERMINAL}/status`, { status: 'open' });
    expect(opened.text).toContain('The till is open.');
    expect((await visitor.send(`${TERMINAL}/status`, { status: 'gone' })).status).toBe(404);
  });
});

describe('an operator', () => {
  it('is made with a code to enrol by, once', async () => {
    const page = await visitor.sendAndFollow(`${MERCHANT}/operators`, { operatorNo: '01', name: 'Alex' });
    expect(page.text).toMatch(/For 01 Alex .* [A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}/);
    await visitor.send(`${MERCHANT}/operators`, { operatorNo: '01', name: 'Alex' });
    const taken = await visitor.send(`${MERCHANT}/operators`, { operatorNo: '01', name: 'Bo' });
    expect([taken.status, taken.text.includes('has a cashier with this number')]).toEqual([422, true]);
    const [operator, ...others] = await registryOf().shops.listOperators(MERCHANT_NO as never);
    expect([operator?.name, others]).toEqual(['Alex', []]);
  });

  it('gets a further code, and none when closed', async () => {
    const further = await visitor.sendAndFollow(`${MERCHANT}/operators/01/enrolment-code`);
    expect(further.text).toContain('Cashier code');
    const closed = await visitor.sendAndFollow(`${MERCHANT}/operators/01/status`, { status: 'closed' });
    expect(closed.text).toContain('The cashier is closed.');
    const refused = await visitor.send(`${MERCHANT}/operators/01/enrolment-code`);
    expect([refused.status, refused.text.includes('That was not done')]).toEqual([422, true]);
    expect((await visitor.send(`${MERCHANT}/operators/99/enrolment-code`)).status).toBe(422);
  });
});

describe('a closed merchant', () => {
  it('takes no tills or operators until it is opened again', async () => {
    const closed = await visitor.sendAndFollow(`${MERCHANT}/status`, { status: 'closed' });
    expect(closed.text).toContain('The merchant is closed.');
    expect(closed.text).not.toContain('Add a till');
    const opened = await visitor.sendAndFollow(`${MERCHANT}/status`, { status: 'open' });
    expect(opened.text).toContain('The merchant is open again.');
    expect(opened.text).toContain('Add a till');
  });
});
