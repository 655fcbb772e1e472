import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';

/** Who this wallet belongs to, as it is kept on the phone. */
export interface Account {
  readonly customerName: string;
  /** The passkey that pays, base64url. */
  readonly credentialId: string;
  /** With the announcements of the centre's keys, from which trust is built again at every start. */
  readonly programme: ProgrammeAnswer;
  /** The newest centre key this phone has believed: every later chain of announcements must contain it. */
  readonly pinnedCentreKey: Bytes;
  readonly syncedAtMs: number;
}

/** Whether there is a wallet on this phone, and what it needs to check and to sign. */
export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'none' }
  | {
      readonly status: 'ready';
      readonly account: Account;
      readonly trust: CentreTrust;
      readonly deviceKey: SigningKey;
      /** False when the centre asks for the passkey again before it tells balances. Paying goes on. */
      readonly isSignedIn: boolean;
      /** The centre that answers has begun again, with other keys: nothing of this wallet is known there. */
      readonly isBegunAgain: boolean;
    };

export type ReadySession = Extract<Session, { status: 'ready' }>;
