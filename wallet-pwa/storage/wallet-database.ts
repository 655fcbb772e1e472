import type { IDBPTransaction, StoreNames } from 'idb';
import { createOutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import type { OutboxSchema } from '../../shared/browser/outbox/outbox-store.ts';
import { Database } from '../../shared/browser/storage/database.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { MovementAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Account } from '../account/account.ts';
import type { Card } from '../cards/card.ts';
import type { KeptChain } from '../offline/kept-chain.ts';
import type { KeptRehearsal } from '../offline/rehearsal.ts';
import type { CarriedRevocations } from '../offline/revocations.ts';
import type { KeptPayCode, PayCodeState } from '../pay-code/kept-pay-code.ts';
import type { IntentState, PaymentIntent } from '../payment/payment-intent.ts';
import type { Preferences } from './preference-store.ts';

interface WalletSchema extends OutboxSchema {
  /** One row, `wallet`. */
  account: { key: string; value: Account };
  cards: { key: AccountNumber; value: Card };
  /** By the authorisation's hash: one row for each consent, for ever. */
  intents: {
    key: string;
    value: PaymentIntent;
    indexes: { byStatus: IntentState['status']; byRequest: Bytes };
  };
  /** By hash: one row for each consent to a pay code, for ever. */
  payCodes: {
    key: string;
    value: KeptPayCode;
    indexes: { byStatus: PayCodeState['status'] };
  };
  /** By the serial of the certificate that granted the allowance: one row for each, for ever. */
  chains: { key: string; value: KeptChain };
  /** For paying without a network: one row `rehearsal` until it is handed in, one row `revocations`. */
  carried: { key: string; value: KeptRehearsal | CarriedRevocations };
  /** By card and place in its journal. */
  movements: { key: [string, number]; value: MovementAnswer };
  /** One row, `wallet`. */
  preferences: { key: string; value: Preferences };
}

export type WalletDatabase = Database<WalletSchema>;

/** Steps from one version to the next; a shipped step is never changed. Two versions of the app may run side by side. */
export function openWalletDatabase(onCleared?: () => void): WalletDatabase {
  return new Database<WalletSchema>({
    name: 'tandem-wallet',
    version: 3,
    upgrade(database, oldVersion, transaction) {
      if (oldVersion < 1) {
        database.createObjectStore('account');
        database.createObjectStore('cards', { keyPath: 'accountNumber' });
        const intents = database.createObjectStore('intents', { keyPath: 'id' });
        intents.createIndex('byStatus', 'state.status');
        intents.createIndex('byRequest', 'facts.requestHash');
        database.createObjectStore('movements', { keyPath: ['accountNumber', 'sequence'] });
        database.createObjectStore('preferences');
      }
      if (oldVersion < 2) {
        const payCodes = database.createObjectStore('payCodes', { keyPath: 'id' });
        payCodes.createIndex('byStatus', 'state.status');
      }
      if (oldVersion < 3) {
        database.createObjectStore('chains', { keyPath: 'id' });
        database.createObjectStore('outbox', { keyPath: 'id' });
        database.createObjectStore('carried');
        void queueSigned(transaction);
      }
    },
    ...(onCleared && { onCleared }),
  });
}

/** What was signed before there was an outbox waits in it from now on. */
async function queueSigned(
  transaction: IDBPTransaction<WalletSchema, StoreNames<WalletSchema>[], 'versionchange'>,
): Promise<void> {
  const signed = await transaction.objectStore('intents').index('byStatus').getAll('signed');
  for (const { id, authorisedAtMs } of signed) {
    await transaction.objectStore('outbox').put(createOutboxItem(id, 0, authorisedAtMs));
  }
}
