import { RpcTarget } from 'cloudflare:workers';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { MerchantNo, OperatorNo, TerminalId } from '../../shared/protocol/identifiers.ts';
import { PASSKEY_PURPOSES } from '../../shared/protocol/passkey/challenge.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { OperatorSessionAnswer } from '../../shared/protocol/wire/terminals.ts';
import { type Ceremony, createCeremony, takeCeremony } from '../security/ceremonies.ts';
import type { PasskeyCredential } from '../security/passkeys.ts';
import { giveBackRateLimit, takeRateLimit } from '../security/rate-limits.ts';
import type { RegistryContext } from './context.ts';
import { findOperator, formatOperatorSubject, toOperatorAnswer } from './operators.ts';
import { findPasskey, insertPasskey, notePasskeyUse, passkeysOfOperator } from './passkey-records.ts';
import { findCode, useCode } from './secret-codes.ts';
import { findTerminalSession, setSessionOperator } from './sessions.ts';

/** After a till's activation the cashier it was made for enrols without a further code, once, within so long. */
const ENROLMENT_WINDOW_MS = 3_600_000;

/** What the registration or sign-in of a cashier is about, from its first call to its second. */
interface OperatorSubject {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  readonly operatorNo: OperatorNo;
  /** Hex; none where the activation vouched for the cashier. */
  readonly codeHash?: string | undefined;
}

/** Cashiers at a till: enrolment and sign-in by passkey. Each call is about the shop of the till's session. */
export class Cashiers extends RpcTarget {
  readonly #context: RegistryContext;

  constructor(context: RegistryContext) {
    super();
    this.#context = context;
  }

  /** Refuses `not_signed_in`, `rate_limited`, `operator_unknown`, `enrolment_code_invalid`. */
  beginOperatorRegistration(
    tokenHash: Bytes,
    call: { operatorNo: OperatorNo; enrolmentCodeHash?: Bytes | undefined },
  ): Result<{ ceremony: Ceremony; merchantNo: MerchantNo; name: string; excludedCredentialIds: string[] }> {
    const { storage, now } = this.#context;
    const { sql } = storage;
    return storage.transactionSync(() => {
      const nowMs = now();
      const session = findTerminalSession(sql, tokenHash, nowMs);
      if (!session) return refuse('not_signed_in');
      const { terminalId, merchantNo } = session;
      const { operatorNo, enrolmentCodeHash } = call;
      if (!takeRateLimit(sql, 'enrolmentByOperator', formatOperatorSubject(merchantNo, operatorNo), nowMs))
        return refuse('rate_limited');
      const operator = findOperator(sql, merchantNo, operatorNo);
      if (operator?.status !== 'open') return refuse('operator_unknown');
      const codeHash = enrolmentCodeHash?.toHex();
      const about: OperatorSubject = { terminalId, merchantNo, operatorNo, codeHash };
      if (!this.#isVouchedFor(about, enrolmentCodeHash, nowMs)) return refuse('enrolment_code_invalid');
      const ceremony = createCeremony(sql, PASSKEY_PURPOSES.operatorRegistration, JSON.stringify(about), nowMs);
      const excludedCredentialIds = passkeysOfOperator(sql, merchantNo, operatorNo).map((known) => known.credentialId);
      return accept({ ceremony, merchantNo, name: operator.name, excludedCredentialIds });
    });
  }

  /** Registers the verified passkey and signs the cashier in. Refuses `not_signed_in`, `ceremony_expired`, `operator_unknown`, `enrolment_code_invalid`, `passkey_exists`. */
  finishOperatorRegistration(
    tokenHash: Bytes,
    ceremony: Ceremony,
    passkey: PasskeyCredential,
  ): Result<OperatorSessionAnswer> {
    const { storage, now } = this.#context;
    const { sql } = storage;
    return storage.transactionSync(() => {
      const nowMs = now();
      const about = this.#subjectOf(tokenHash, ceremony, nowMs);
      if (!about.ok) return about;
      const { terminalId, merchantNo, operatorNo, codeHash } = about.value;
      if (findOperator(sql, merchantNo, operatorNo)?.status !== 'open') return refuse('operator_unknown');
      const enrolmentCodeHash = codeHash === undefined ? undefined : Uint8Array.fromHex(codeHash);
      if (!this.#isVouchedFor(about.value, enrolmentCodeHash, nowMs)) return refuse('enrolment_code_invalid');
      if (!insertPasskey(sql, { kind: 'operator', merchantNo, operatorNo }, passkey, nowMs))
        return refuse('passkey_exists');
      // A code is used, and so is the activation's word: who comes to the till later in that hour is not vouched for.
      if (enrolmentCodeHash) useCode(sql, enrolmentCodeHash, nowMs);
      else sql.exec('UPDATE terminals SET enrolling_operator_no = NULL WHERE terminal_id = ?', terminalId);
      // The limit is there for those who guess: an enrolment that came to its end was none of theirs.
      giveBackRateLimit(sql, 'enrolmentByOperator', formatOperatorSubject(merchantNo, operatorNo), nowMs);
      return accept(this.#signInOperator(tokenHash, merchantNo, operatorNo, nowMs));
    });
  }

  /** Refuses `not_signed_in`, `operator_unknown`, `passkey_unknown` (none registered yet). */
  beginOperatorSignIn(
    tokenHash: Bytes,
    operatorNo: OperatorNo,
  ): Result<{ ceremony: Ceremony; credentialIds: string[] }> {
    const { storage, now } = this.#context;
    const { sql } = storage;
    return storage.transactionSync(() => {
      const nowMs = now();
      const session = findTerminalSession(sql, tokenHash, nowMs);
      if (!session) return refuse('not_signed_in');
      const { terminalId, merchantNo } = session;
      if (!takeRateLimit(sql, 'signInByTerminal', terminalId, nowMs)) return refuse('rate_limited');
      if (findOperator(sql, merchantNo, operatorNo)?.status !== 'open') return refuse('operator_unknown');
      const credentialIds = passkeysOfOperator(sql, merchantNo, operatorNo).map((known) => known.credentialId);
      if (credentialIds.length === 0) return refuse('passkey_unknown');
      const about: OperatorSubject = { terminalId, merchantNo, operatorNo };
      const ceremony = createCeremony(sql, PASSKEY_PURPOSES.operatorSignIn, JSON.stringify(about), nowMs);
      return accept({ ceremony, credentialIds });
    });
  }

  /** Takes the ceremony, single use, with the passkey that is to be verified. Refuses `ceremony_expired`, `passkey_unknown`. */
  takeOperatorSignIn(
    ceremonyId: string,
    credentialId: string,
  ): Result<{ ceremony: Ceremony; credential: { credentialId: string; cosePublicKey: Bytes } }> {
    const { storage, now } = this.#context;
    const ceremony = takeCeremony(storage.sql, ceremonyId, PASSKEY_PURPOSES.operatorSignIn, now());
    if (!ceremony) return refuse('ceremony_expired');
    const about = JSON.parse(ceremony.subject) as OperatorSubject;
    const passkey = findPasskey(storage.sql, credentialId);
    const isTheirs =
      passkey?.owner.kind === 'operator' &&
      passkey.owner.merchantNo === about.merchantNo &&
      passkey.owner.operatorNo === about.operatorNo;
    return isTheirs ? accept({ ceremony, credential: passkey }) : refuse('passkey_unknown');
  }

  takeOperatorRegistration(ceremonyId: string): Ceremony | undefined {
    const { storage, now } = this.#context;
    return takeCeremony(storage.sql, ceremonyId, PASSKEY_PURPOSES.operatorRegistration, now());
  }

  /** After the passkey was verified. Refuses `not_signed_in`, `ceremony_expired`, `operator_unknown`. */
  finishOperatorSignIn(tokenHash: Bytes, ceremony: Ceremony, credentialId: string): Result<OperatorSessionAnswer> {
    const { storage, now } = this.#context;
    return storage.transactionSync(() => {
      const nowMs = now();
      const about = this.#subjectOf(tokenHash, ceremony, nowMs);
      if (!about.ok) return about;
      const { merchantNo, operatorNo } = about.value;
      if (findOperator(storage.sql, merchantNo, operatorNo)?.status !== 'open') return refuse('operator_unknown');
      notePasskeyUse(storage.sql, credentialId, nowMs);
      return accept(this.#signInOperator(tokenHash, merchantNo, operatorNo, nowMs));
    });
  }

  /** Refuses `not_signed_in`. */
  signOutOperator(tokenHash: Bytes): Result<true> {
    const { storage, now } = this.#context;
    if (!findTerminalSession(storage.sql, tokenHash, now())) return refuse('not_signed_in');
    setSessionOperator(storage.sql, tokenHash, undefined, now());
    return accept(true);
  }

  /** By the cashier's code, or without one by the till's activation. */
  #isVouchedFor(
    { terminalId, merchantNo, operatorNo }: OperatorSubject,
    codeHash: Bytes | undefined,
    nowMs: number,
  ): boolean {
    const { sql } = this.#context.storage;
    if (codeHash) {
      const code = findCode(sql, codeHash, 'enrolment', nowMs);
      return code !== undefined && !code.isUsed && code.subject === formatOperatorSubject(merchantNo, operatorNo);
    }
    const rows = sql.exec(
      'SELECT 1 FROM terminals WHERE terminal_id = ? AND enrolling_operator_no = ? AND activated_at_ms >= ?',
      terminalId,
      operatorNo,
      nowMs - ENROLMENT_WINDOW_MS,
    );
    return rows.toArray().length > 0;
  }

  /** A ceremony is finished at the till that began it. */
  #subjectOf(tokenHash: Bytes, ceremony: Ceremony, nowMs: number): Result<OperatorSubject> {
    const session = findTerminalSession(this.#context.storage.sql, tokenHash, nowMs);
    if (!session) return refuse('not_signed_in');
    const about = JSON.parse(ceremony.subject) as OperatorSubject;
    return about.terminalId === session.terminalId ? accept(about) : refuse('ceremony_expired');
  }

  #signInOperator(
    tokenHash: Bytes,
    merchantNo: MerchantNo,
    operatorNo: OperatorNo,
    nowMs: number,
  ): OperatorSessionAnswer {
    const { sql } = this.#context.storage;
    const { expiresAtMs } = setSessionOperator(sql, tokenHash, operatorNo, nowMs);
    return { operator: toOperatorAnswer(findOperator(sql, merchantNo, operatorNo)!), expiresAtMs };
  }
}
