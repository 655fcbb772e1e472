import type { SetTimer } from '../../shared/browser/clock/set-timer.ts';
import type { Store } from '../../shared/browser/state/store.ts';
import { askPersistence } from '../../shared/browser/storage/ask-persistence.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import { createRehearsal } from '../../shared/protocol/offline/rehearsal.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import type { Card } from '../cards/card.ts';
import type { CarriedStore } from '../storage/carried-store.ts';
import { decideRehearsal, type KeptRehearsal, type RehearsalEvent, type RehearsalState } from './rehearsal.ts';

export interface RehearsalParts {
  readonly state: Store<RehearsalState>;
  readonly isOnline: Store<boolean>;
  readonly carried: Pick<CarriedStore, 'loadRehearsal' | 'saveRehearsal' | 'removeRehearsal'>;
  readonly card: () => Card | undefined;
  readonly deviceKey: () => SigningKey;
  readonly askPasskey: (hash: Bytes) => Promise<Result<Bytes>>;
  /** Some small request, so that a network that is gone is noticed where the browser says nothing. */
  readonly probe: () => Promise<void>;
  /** To the centre. @returns why nothing was set aside, if so */
  readonly handIn: (rehearsal: KeptRehearsal) => Promise<Result<RefusalCode | undefined>>;
  readonly nowMs: () => number;
  readonly setTimer: SetTimer;
}

/** How often a person who was asked to turn the network off, or on again, is looked after. */
const LOOK_EVERY_MS = 1_500;

/** Switching on: agreeing, signing once with the network off, and handing that in as soon as it is back. */
export class RehearsalFlow {
  readonly #parts: RehearsalParts;
  #stopTimer: (() => void) | undefined;
  #handingIn: Promise<void> | undefined;

  constructor(parts: RehearsalParts) {
    this.#parts = parts;
    parts.isOnline.subscribe((isOnline) => {
      this.#apply({ kind: 'network', isOnline });
      if (isOnline) void this.handIn();
    });
  }

  /** The screen is there. */
  async open(): Promise<void> {
    if (!(await this.#parts.carried.loadRehearsal())) return;
    this.#apply({ kind: 'find' });
    if (this.#parts.isOnline.value) await this.handIn();
    this.#look();
  }

  /** The person has read who bears which loss, and agrees. */
  async agree(): Promise<void> {
    void askPersistence();
    this.#apply({ kind: 'agree' });
    this.#apply({ kind: 'network', isOnline: this.#parts.isOnline.value });
    this.#look();
  }

  /** The passkey, with the network off; a tap, because some browsers open it only then. */
  async confirm(): Promise<void> {
    if (!this.#apply({ kind: 'confirm' })) return;
    const signed = await this.#sign().catch(() => refuse('storage_failed'));
    this.#apply(signed.ok ? { kind: 'sign' } : { kind: 'fail', code: signed.code });
    if (this.#parts.isOnline.value) await this.handIn();
    this.#look();
  }

  /** Whenever there is a network: what was signed before goes to the centre, whichever screen is open. */
  handIn(): Promise<void> {
    this.#handingIn ??= this.#handIn().finally(() => {
      this.#handingIn = undefined;
    });
    return this.#handingIn;
  }

  /** The screen was left. */
  close(): void {
    this.#stopTimer?.();
    this.#apply({ kind: 'close' });
  }

  async #handIn(): Promise<void> {
    const rehearsal = await this.#parts.carried.loadRehearsal();
    if (!rehearsal) return;
    this.#apply({ kind: 'hand-in' });
    const answer = await this.#parts.handIn(rehearsal);
    if (answer.ok || !isWorthKeeping(answer.code)) await this.#parts.carried.removeRehearsal();
    const code = answer.ok ? answer.value : answer.code;
    this.#apply(code ? { kind: 'fail', code } : { kind: 'grant' });
  }

  async #sign(): Promise<Result<true>> {
    const { card, carried, askPasskey, deviceKey, nowMs } = this.#parts;
    const chosen = card();
    const decoded = chosen && decodeDocument(WalletCertificate, chosen.certificate);
    if (!chosen || !decoded?.ok) return refuse('account_unknown');
    const { serial } = decoded.value.content;
    const { document, hash } = await createRehearsal(serial, TERMS_VERSION, nowMs(), deviceKey());
    const assertion = await askPasskey(hash);
    if (!assertion.ok) return assertion;
    await carried.saveRehearsal({ accountNumber: chosen.accountNumber, document, assertion: assertion.value });
    return { ok: true, value: true };
  }

  /** While the network is to go, or to come back: browsers do not always say so. */
  #look(): void {
    this.#stopTimer?.();
    const { status } = this.#parts.state.value;
    if (status !== 'unplugging' && status !== 'unplugged' && status !== 'signed') return;
    this.#stopTimer = this.#parts.setTimer(async () => {
      await this.#parts.probe();
      this.#look();
    }, LOOK_EVERY_MS);
  }

  #apply(event: RehearsalEvent): boolean {
    const before = this.#parts.state.value;
    this.#parts.state.set(decideRehearsal(before, event));
    return this.#parts.state.value !== before;
  }
}

/** Nothing was said of the rehearsal itself: it goes again. */
const WORTH_KEEPING: ReadonlySet<RefusalCode> = new Set([
  'no_network',
  'not_signed_in',
  'unavailable',
  'internal',
  'rate_limited',
]);

function isWorthKeeping(code: RefusalCode): boolean {
  return WORTH_KEEPING.has(code);
}
