import { type Bytes, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { createClosing } from '../../shared/protocol/offline/closing.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { AllowanceCall } from '../../shared/protocol/wire/offline.ts';
import type { AllowanceAnswer, CardAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Card } from '../cards/card.ts';
import type { ChainStore } from '../storage/chain-store.ts';
import type { KeptChain } from './kept-chain.ts';
import { planRenewal } from './plan-renewal.ts';
import type { KeptRehearsal } from './rehearsal.ts';

export interface AllowanceKeeperParts {
  readonly chains: Pick<ChainStore, 'loadAll' | 'close' | 'settle'>;
  readonly call: (call: AllowanceCall) => Promise<Result<AllowanceAnswer>>;
  /** Believes what is signed, for this phone's key. */
  readonly verifyCard: (answer: CardAnswer) => Promise<Result<Card>>;
  readonly deviceKey: () => SigningKey;
  readonly nowMs: () => number;
}

export interface RenewalWish {
  /** Money is to be set aside (again); false: only the last words are handed in. */
  readonly isWanted: boolean;
  /** Even while somebody may be about to sign: what is unsigned is burnt. */
  readonly isForced?: boolean;
  readonly rehearsal?: KeptRehearsal;
}

export interface Renewed {
  readonly card: Card;
  /** Why nothing was set aside though it was wanted. */
  readonly refusal?: RefusalCode;
}

/** The centre wants no last word on these any more, and will take no other. */
const OVER: ReadonlySet<RefusalCode> = new Set(['closing_mismatch', 'allowance_unknown', 'allowance_revoked']);

/**
 * Closes allowances and has new ones set aside. Killed between any two steps it goes on where it was: the last word is on the disk
 * before it is sent, is sent until it is answered, and the chain is never gone on with.
 */
export class AllowanceKeeper {
  readonly #parts: AllowanceKeeperParts;

  constructor(parts: AllowanceKeeperParts) {
    this.#parts = parts;
  }

  /** One window at a time. Refuses what the centre refuses. @returns the card as it stands then */
  async renew(card: Card, wish: RenewalWish): Promise<Result<Renewed>> {
    let renewed: Renewed = { card };
    for (;;) {
      const chains = await this.#parts.chains.loadAll();
      const facts = { card: renewed.card, chains, isWanted: wish.isWanted, nowMs: this.#parts.nowMs() };
      const step = planRenewal(facts);
      const { rehearsal } = renewed.card === card ? wish : {};
      if (step.kind === 'keep' && !rehearsal) return accept(renewed);
      const { close, isWanted } = step.kind === 'call' ? step : { close: undefined, isWanted: wish.isWanted };
      const closing = close && (await this.#close(close, wish.isForced ?? false));
      // Somebody is just paying out of it: there is always a next time.
      if (close && !closing) return accept(renewed);
      const answer = await this.#send(renewed.card, closing, isWanted, rehearsal);
      if (!answer.ok) {
        if (close && OVER.has(answer.code)) await this.#parts.chains.settle(close.id, undefined);
        return answer;
      }
      await this.#parts.chains.settle(close?.id, answer.value.card);
      renewed = answer.value;
      if (isWanted === wish.isWanted) return accept(renewed);
    }
  }

  /** @returns the last word; undefined while the chain has to stay open */
  async #close(chain: KeptChain, isForced: boolean): Promise<Bytes | undefined> {
    let standing = chain;
    for (;;) {
      if (standing.state.status === 'closing') return standing.state.closing;
      if (standing.state.status === 'closed') return undefined;
      const { allowance, head, given } = standing;
      const nowMs = this.#parts.nowMs();
      const closing = await createClosing(allowance.serial, head, given, nowMs, this.#parts.deviceKey());
      const next = await this.#parts.chains.close(chain.id, closing.document, { head, isForced, nowMs });
      if (next.state.status === 'open' && !isForced) return undefined;
      standing = next;
    }
  }

  async #send(
    card: Card,
    closing: Bytes | undefined,
    isWanted: boolean,
    rehearsal: KeptRehearsal | undefined,
  ): Promise<Result<Renewed>> {
    const answer = await this.#parts.call({
      accountToken: encodeBase64url(card.accountToken),
      ...(closing && { closing: encodeBase64url(closing) }),
      ...(rehearsal && {
        rehearsal: {
          document: encodeBase64url(rehearsal.document),
          assertion: encodeBase64url(rehearsal.assertion),
        },
      }),
      isWanted,
    });
    if (!answer.ok) return answer;
    const fresh = await this.#parts.verifyCard(answer.value.card);
    if (!fresh.ok) return fresh;
    const { refusal } = answer.value;
    return accept({ card: { ...fresh.value, position: card.position }, ...(refusal && { refusal }) });
  }
}
