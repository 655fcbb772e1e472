import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type {
  AccountNumber,
  MerchantNo,
  OperatorNo,
  ParticipantCode,
  ProgrammeId,
  TerminalId,
} from '../../../shared/protocol/identifiers.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import { CentreProcess } from '../runtime/centre-process.ts';

const { hashSecret } = await import('../../../edge/security/secrets.ts');

const PARTICIPANT = '100001' as ParticipantCode;
const OPERATOR = '01' as OperatorNo;

/** What came of enrolling a device: the cookie of its session. */
export interface Enrolled {
  readonly cookie: string;
}

/** The centre and what its administrator does in it. */
export class SimulatedCentre {
  readonly process = new CentreProcess();
  /** All that was ever put in, minor units. */
  issuedMinor = 0;
  #merchants: MerchantNo[] = [];
  #topUps = 0;

  /** @param merchants how many shops there are */
  async open(settings: OfflineSettings, merchants: number): Promise<void> {
    const { clearing } = this.process;
    unwrap(
      await clearing.createProgramme({
        programme: 'simulated' as ProgrammeId,
        name: 'Simulated',
        currency: 'EUR',
        participant: { code: PARTICIPANT, name: 'Simulated' },
      }),
    );
    const view = (await clearing.programmeView())!;
    unwrap(await clearing.changeSettings({ ...view, offline: settings }));
    const { shops } = this.process.ledger.registry();
    for (let shop = 0; shop < merchants; shop += 1) {
      const { merchantNo } = unwrap(shops.createMerchant({ name: `Shop ${shop + 1}` }));
      await shops.createOperator({ merchantNo, operatorNo: OPERATOR, name: 'Alex' });
      this.#merchants.push(merchantNo);
    }
  }

  /** @param number of the till: tills are dealt out to the shops */
  async enrolTill(number: number, publicKey: Uint8Array<ArrayBuffer>): Promise<Enrolled & { terminalId: TerminalId }> {
    const { shops, tills } = this.process.ledger.registry();
    const merchantNo = this.#merchants[number % this.#merchants.length]!;
    const { terminalId } = unwrap(shops.createTerminal({ merchantNo }));
    const { code } = unwrap(await shops.createActivationCode(terminalId, OPERATOR));
    const session = unwrap(await tills.activate({ codeHash: await hashSecret(code), publicKey, address: 'simulated' }));
    return { cookie: `tandem_pos=${PARTICIPANT}.${session.token}`, terminalId };
  }

  async enrolWallet(
    name: string,
    devicePublicKey: Uint8Array<ArrayBuffer>,
    passkey: { readonly credentialId: string; readonly publicKey: Uint8Array<ArrayBuffer> },
  ): Promise<Enrolled & { accountNumber: AccountNumber }> {
    const { wallets } = this.process.ledger.registry();
    const { ceremony } = unwrap(wallets.beginRegistration(name, name));
    const credential = { ...passkey, cosePublicKey: new Uint8Array(77), isBackupEligible: false };
    const signIn = unwrap(await wallets.finishRegistration(ceremony, credential, devicePublicKey));
    const { accountNumber } = signIn.state.cards[0]!;
    return { cookie: `tandem_wallet=${PARTICIPANT}.${signIn.token}`, accountNumber };
  }

  async topUp(accountNumber: AccountNumber, amountMinor: number): Promise<void> {
    this.#topUps += 1;
    const reference = `top-up ${this.#topUps}`;
    unwrap(await this.process.ledger.topUp({ accountNumber, amountMinor: amountMinor as AmountMinor, reference }));
    this.issuedMinor += amountMinor;
  }

  get sql() {
    return this.process.storages.ledger.sql;
  }

  /** As the runtime wakes the object. */
  async ring(nowMs: number): Promise<void> {
    if (this.process.storages.ledger.takeDueAlarm(nowMs)) await this.process.ledger.alarm();
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.code}${result.detail ? ` (${result.detail})` : ''}`);
  return result.value;
}
