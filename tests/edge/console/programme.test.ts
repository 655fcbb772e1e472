import { beforeAll, describe, expect, it } from 'vitest';
import { clearing, createClient, ledgerOf } from '../support/test-app.ts';
import { type ConsoleVisitor, fieldValue, openConsole } from './console-visitor.ts';

let visitor: ConsoleVisitor;

beforeAll(async () => {
  visitor = await openConsole();
});

describe('API keys', () => {
  let token = '';

  it('are shown once, and let a program in', async () => {
    const page = await visitor.sendAndFollow('/centre/api-keys', { name: 'Top-up desk' });
    token = /class="hash secret">([A-Za-z0-9_-]{43})</.exec(page.html)?.[1] ?? '';
    expect(token).not.toBe('');
    expect((await visitor.open('/centre/api-keys')).html).not.toContain(token);
    expect(await call(token)).toBe(200);
  });

  it('need a name', async () => {
    const page = await visitor.send('/centre/api-keys', { name: '' });
    expect([page.status, page.text.includes('Say what it is for')]).toEqual([422, true]);
  });

  it('let nobody in once they are revoked', async () => {
    const [key] = await clearing().listApiKeys();
    const page = await visitor.sendAndFollow(`/centre/api-keys/${key?.keyId}/revoke`);
    expect(page.text).toContain('The key is revoked');
    expect(await call(token)).toBe(401);
    expect((await visitor.send('/centre/api-keys/deadbeef/revoke')).status).toBe(404);
  });

  async function call(bearer: string): Promise<number> {
    const authorization = `Bearer ${bearer}`;
    return (await createClient().call('GET', 'administration/participants', { headers: { authorization } })).status;
  }
});

describe('the centre’s keys', () => {
  it('rotate once, however often the form is sent', async () => {
    const { html } = await visitor.open('/centre/keys');
    const generation = fieldValue(html, 'generation');
    expect(generation).toBe('1');
    for (let time = 0; time < 2; time += 1)
      expect((await visitor.sendAndFollow('/centre/keys', { generation })).text).toContain(
        'Key 2 is announced, and signs in a minute.',
      );
    expect((await clearing().listCentreKeys()).map((key) => key.generation)).toEqual([2, 1]);
    expect((await visitor.open('/centre/keys')).text).toMatch(/2 Announced .* 1 Active/);
    expect((await visitor.send('/centre/keys', { generation: '' })).status).toBe(404);
    expect((await visitor.send('/centre/keys', { generation: '7' })).status).toBe(422);
  });
});

describe('settings', () => {
  const SETTINGS = {
    name: 'Canteen',
    largestPayment: '99,50',
    requestValidSeconds: '60',
    timeZone: 'Asia/Tokyo',
    twinMode: 'cross-check',
    twinWindow: '2.5',
    twinTolerance: '12',
    twinRhythm: '300',
    twinRegenerate: '5',
    stepUp: '25',
    offline: 'on',
    offlineLimit: '40',
    offlinePaymentMax: '20,50',
    offlineCount: '4',
    offlineValid: '12',
    offlineClaim: '48',
    tillPerPhone: '30',
    tillTotal: '400',
    tillCount: '100',
    tillAge: '1.5',
  };

  it('take effect in programme and books', async () => {
    expect((await visitor.sendAndFollow('/centre/settings', SETTINGS)).text).toContain('Saved.');
    const view = await clearing().programmeView();
    expect(view).toMatchObject({
      name: 'Canteen',
      amountMinorMax: 9950,
      requestValidSeconds: 60,
      timeZone: 'Asia/Tokyo',
      payCode: {
        mode: 'cross-check',
        windowMs: 2_500,
        toleranceMs: 12_000,
        rhythmMs: 300,
        regenerateMs: 5_000,
        stepUpMinor: 2_500,
      },
      offline: {
        isOn: true,
        limitMinor: 4_000,
        paymentMaxMinor: 2_050,
        countMax: 4,
        validSeconds: 43_200,
        claimSeconds: 172_800,
        tillPerAllowanceMinor: 3_000,
        tillTotalMinor: 40_000,
        tillCountMax: 100,
        tillAgeSeconds: 5_400,
      },
    });
    expect((await visitor.open('/centre/settings')).text).toContain('GMT+9');
  });

  it.each([
    ['name', '', 'Enter a name'],
    ['largestPayment', '0', 'Enter an amount above zero'],
    ['largestPayment', '1000000.01', 'Enter an amount above zero'],
    ['requestValidSeconds', '9', 'Enter whole seconds'],
    ['requestValidSeconds', '12.5', 'Enter whole seconds'],
    ['requestValidSeconds', '', 'Enter whole seconds'],
    ['timeZone', 'Mars/Olympus', 'This is no time zone'],
    ['twinMode', 'morse', 'Choose one of the two'],
    ['twinWindow', '31', 'Enter 0.5 to 30 seconds'],
    ['twinWindow', '0.55', 'at least twice as long'],
    ['twinTolerance', '4', 'at least as long as until'],
    ['twinTolerance', '1e1', 'Enter 1 to 60 seconds'],
    ['twinRhythm', '99', 'Enter whole milliseconds'],
    ['twinRhythm', '', 'Enter whole milliseconds'],
    ['twinRegenerate', '1.1', 'at least four times'],
    ['stepUp', '0', 'Enter an amount above zero'],
    ['offline', 'perhaps', 'Choose one of the two'],
    ['offlineLimit', '0', 'Enter an amount above zero'],
    ['offlinePaymentMax', '40.01', 'at most what a phone may pay in all'],
    ['offlineCount', '51', 'Enter a whole number, 1 to 50'],
    ['offlineValid', '169', 'Enter hours, 0.1 to 168'],
    ['offlineClaim', '721', 'Enter hours, 0.1 to 720'],
    ['offlineClaim', '', 'Enter hours, 0.1 to 720'],
    ['tillPerPhone', '400.01', 'at most what a till may take in all'],
    ['tillTotal', 'much', 'Enter an amount above zero'],
    ['tillCount', '1.5', 'Enter a whole number'],
    ['tillAge', '48.1', 'at most as long as a payment may still come in'],
  ])('refuse %s %j beside the field', async (field, value, words) => {
    const page = await visitor.send('/centre/settings', { ...SETTINGS, [field]: value });
    expect(page.status).toBe(422);
    expect(page.text).toContain(words);
    expect(page.html).toContain(`aria-describedby="field-${field}-note"`);
    expect((await clearing().programmeView())?.amountMinorMax).toBe(9950);
  });
});

describe('participants', () => {
  it('are added once, with books of their own', async () => {
    const fields = { code: '100002', name: 'Campus Süd' };
    for (let time = 0; time < 2; time += 1)
      expect((await visitor.sendAndFollow('/centre/participants', fields)).text).toContain(
        'Campus Süd is a participant',
      );
    const taken = await visitor.send('/centre/participants', { ...fields, name: 'Other' });
    expect([taken.status, taken.text.includes('Another participant has this code.')]).toEqual([422, true]);
    expect((await visitor.open('/centre/100002')).text).toContain('The books balance.');
    expect(await ledgerOf('100002').trialBalance()).toMatchObject({ entries: 1, faults: [] });
  });

  it('keep what is theirs apart', async () => {
    await visitor.send('/centre/100002/merchants', { name: 'Kiosk', merchantNo: '100002000000017' });
    expect((await visitor.open('/centre/100002/merchants')).text).toContain('Kiosk');
    expect((await visitor.open('/centre/100001/merchants')).text).not.toContain('Kiosk');
    expect((await visitor.open('/centre/100001/merchants/100002000000017')).status).toBe(404);
  });
});

describe('an invitation', () => {
  it('is shown as a link whose code no server sees', async () => {
    const page = await visitor.sendAndFollow('/centre/administrators', { name: 'Grace' });
    expect(page.html).toMatch(/\/centre\/join#invite=[A-Z2-7-]{12,14}"/);
    expect(page.text).toContain('For Grace');
    expect((await visitor.send('/centre/administrators', { name: '' })).status).toBe(422);
  });

  it('cannot leave the console without anyone', async () => {
    const [self] = await clearing().listAdministrators();
    const page = await visitor.send(`/centre/administrators/${self?.administratorId}/remove`);
    expect([page.status, page.text.includes('The last administrator stays.')]).toEqual([422, true]);
  });
});
