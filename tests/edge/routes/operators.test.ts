import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OperatorNo } from '../../../shared/protocol/identifiers.ts';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { expectDone } from '../../support/api-client.ts';
import { unwrap } from '../../support/devices.ts';
import { challengeOf, type EnrolledTill, enrolOperator, signInOperator } from '../../support/enrol.ts';
import type { SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { createConsoleAuthenticator as createAuthenticator } from '../support/administrator.ts';
import { DEMO_MERCHANT, ledgerOf, openTill, registryOf } from '../support/test-app.ts';

let till: EnrolledTill;
let passkey: SoftwareAuthenticator;
let lastNo = 10;

beforeEach(async () => {
  till = await openTill();
  passkey = await createAuthenticator();
});

async function createOperator(): Promise<{ operatorNo: string; enrolmentCode: string }> {
  lastNo += 1;
  const call = { merchantNo: DEMO_MERCHANT, operatorNo: String(lastNo) as OperatorNo, name: 'Sam' };
  const { enrolment } = unwrap(await registryOf().shops.createOperator(call));
  return { operatorNo: call.operatorNo, enrolmentCode: enrolment.code };
}

describe("a cashier's enrolment", () => {
  it('needs no code within the hour after the activation that names the cashier', async () => {
    const enrolled = await enrolOperator(till.client, passkey, { operatorNo: '01' });
    expect(enrolled.body).toMatchObject({ operator: { operatorNo: '01', name: 'Alex', hasPasskey: true } });
    expect((await signInOperator(till.client, passkey, '01')).status).toBe(200);
  });

  it('needs no code once: who comes to the till after that has to bring one', async () => {
    await enrolOperator(till.client, passkey, { operatorNo: '01' });
    const second = await enrolOperator(till.client, await createAuthenticator(), { operatorNo: '01' });
    expect(second.body.code).toBe('enrolment_code_invalid');
  });

  it('needs one later, and for every other cashier', async () => {
    const { operatorNo } = await createOperator();
    expect((await enrolOperator(till.client, passkey, { operatorNo })).body.code).toBe('enrolment_code_invalid');
    await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
      storage.sql.exec('UPDATE terminals SET activated_at_ms = activated_at_ms - 3600001');
    });
    expect((await enrolOperator(till.client, passkey, { operatorNo: '01' })).body.code).toBe('enrolment_code_invalid');
  });

  it('takes the code once, however it is typed', async () => {
    const { operatorNo, enrolmentCode } = await createOperator();
    const typed = enrolmentCode.toLowerCase().replace(/(.{4})/g, '$1-');
    expect((await enrolOperator(till.client, passkey, { operatorNo, enrolmentCode: typed })).status).toBe(200);
    const second = await enrolOperator(till.client, await createAuthenticator(), { operatorNo, enrolmentCode });
    expect(second.body.code).toBe('enrolment_code_invalid');
  });

  it('refuses the code of another cashier, a closed cashier and an unknown one', async () => {
    const [first, second] = [await createOperator(), await createOperator()];
    const crossed = { operatorNo: first.operatorNo, enrolmentCode: second.enrolmentCode };
    expect((await enrolOperator(till.client, passkey, crossed)).body.code).toBe('enrolment_code_invalid');
    expect((await enrolOperator(till.client, passkey, { operatorNo: '9999' })).body.code).toBe('operator_unknown');
    await registryOf().shops.setOperatorStatus(DEMO_MERCHANT, first.operatorNo as OperatorNo, 'closed');
    expect((await enrolOperator(till.client, passkey, first)).body.code).toBe('operator_unknown');
  });

  it('refuses a passkey that somebody has already, and leaves the code to be used', async () => {
    const [first, second] = [await createOperator(), await createOperator()];
    await enrolOperator(till.client, passkey, first);
    expect((await enrolOperator(till.client, passkey, second)).body.code).toBe('passkey_exists');
    expect((await enrolOperator(till.client, await createAuthenticator(), second)).status).toBe(200);
  });

  it('is finished at the till that began it, once', async () => {
    const operator = await createOperator();
    const path = 'terminals/operators/registration-options';
    const begun = expectDone(await till.client.post<CeremonyAnswer>(path, operator));
    const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.operatorRegistration);
    const call = { ceremony: begun.ceremony, response: await passkey.register(challenge) };
    const other = await openTill();
    const stolen = await other.client.post('terminals/operators/registration', call);
    expect(stolen.body.code).toBe('ceremony_expired');
    const again = await till.client.post('terminals/operators/registration', call);
    expect(again.body.code).toBe('ceremony_expired');
  });

  it('is limited for each cashier', async () => {
    const { operatorNo } = await createOperator();
    const codes: (string | undefined)[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const call = { operatorNo, enrolmentCode: 'AAAABBBBCCCC' };
      codes.push((await enrolOperator(till.client, passkey, call)).body.code);
    }
    expect(codes.at(-1)).toBe('rate_limited');
  });

  it('uses up no try where it comes to a good end', async () => {
    const { operatorNo, enrolmentCode } = await createOperator();
    let code = enrolmentCode;
    for (let phones = 0; phones < 15; phones += 1) {
      const call = { operatorNo, enrolmentCode: code };
      expect((await enrolOperator(till.client, await createAuthenticator(), call)).status).toBe(200);
      const fresh = await registryOf().shops.createEnrolmentCode(DEMO_MERCHANT, operatorNo as OperatorNo);
      code = unwrap(fresh).code;
    }
  });

  it('begins with a cashier whose code is made in the same write', async () => {
    const call = { merchantNo: DEMO_MERCHANT, operatorNo: '0900' as OperatorNo, name: 'Twice' };
    const made = await Promise.all(Array.from({ length: 4 }, () => registryOf().shops.createOperator(call)));
    const [first, ...more] = made.filter(({ ok }) => ok);
    expect(more).toEqual([]);
    const { enrolment } = unwrap(first!);
    const enrolled = await enrolOperator(till.client, passkey, { operatorNo: '0900', enrolmentCode: enrolment.code });
    expect(enrolled.status).toBe(200);
  });
});

describe("a cashier's sign-in", () => {
  it.each([
    [{ userVerified: false }, 'user_not_verified'],
    [{ tamperSignature: true }, 'passkey_invalid'],
    [{ foreignKey: true }, 'passkey_invalid'],
    [{ origin: 'https://evil.example' }, 'passkey_invalid'],
    [{ rpId: 'evil.example' }, 'passkey_invalid'],
    [{ type: 'webauthn.create' }, 'passkey_invalid'],
    [{ challenge: new Uint8Array(32) }, 'passkey_invalid'],
    [{ userPresent: false }, 'passkey_invalid'],
  ] as const)('with %j is refused', async (misbehaviour, code) => {
    const operator = await createOperator();
    await enrolOperator(till.client, passkey, operator);
    expect((await signInOperator(till.client, passkey, operator.operatorNo, misbehaviour)).body.code).toBe(code);
  });

  it('works at every till of the shop, not with the passkey of a colleague, and not before enrolment', async () => {
    const [first, second] = [await createOperator(), await createOperator()];
    await enrolOperator(till.client, passkey, first);
    const other = await openTill();
    expect((await signInOperator(other.client, passkey, first.operatorNo)).status).toBe(200);
    expect((await signInOperator(till.client, passkey, second.operatorNo)).body.code).toBe('passkey_unknown');
    await enrolOperator(till.client, await createAuthenticator(), second);
    expect((await signInOperator(till.client, passkey, second.operatorNo)).body.code).toBe('passkey_unknown');
  });

  it('ends by sign-out', async () => {
    await enrolOperator(till.client, passkey, { operatorNo: '01' });
    expect((await till.client.post('terminals/operators/sign-out')).status).toBe(204);
    await runInDurableObject(ledgerOf(), (_ledger, { storage }) => {
      const { terminalId } = till.terminal.trusted.content;
      const [row] = storage.sql.exec('SELECT operator_no FROM sessions WHERE terminal_id = ?', terminalId).toArray();
      expect(row).toEqual({ operator_no: null });
    });
  });
});
