import { refuse } from '../../shared/protocol/result.ts';
import type { Books } from '../registry/books.ts';
import {
  accountNumberOf,
  availableMinor,
  loadAccount,
  openCustomerAccount,
  openMerchantAccount,
  ownSerialOf,
  serialOf,
} from './accounts.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { assertBooks } from './contradiction.ts';
import { topUp } from './journal/transfers.ts';
import { loadAllowanceInUse } from './offline/allowances.ts';
import { describeReserves } from './offline/describe-reserves.ts';
import { revokeAllowancesOfDevice } from './offline/revocations.ts';
import type { LedgerRules } from './rules.ts';

/** What the registry may ask of the books, inside the transaction that it opened. */
export function createRegistryBooks(books: Bookkeeper): Books {
  const { sql } = books;
  const rules = (): LedgerRules => {
    assertBooks(books.rules !== undefined, 'the books were opened');
    return books.rules;
  };
  return {
    rules,
    openCustomerAccount: (nowMs) => accountNumberOf(rules().participant, openCustomerAccount(sql, nowMs, randomNumber)),
    openMerchantAccount: (nowMs) => accountNumberOf(rules().participant, openMerchantAccount(sql, nowMs)),
    topUp: (accountNumber, amountMinor, reference, nowMs) =>
      books.isHalted
        ? refuse('ledger_halted')
        : topUp({ sql, rules: rules(), nowMs }, { accountNumber, amountMinor, reference }),
    loadAccount: (accountNumber) => {
      const serial = ownSerialOf(accountNumber, rules().participant);
      const account = serial === undefined ? undefined : loadAccount(sql, serial);
      return account && { status: account.status, availableMinor: availableMinor(account) };
    },
    describeReserves: (accountNumber, devicePublicKey, nowMs) =>
      describeReserves(sql, serialOf(accountNumber), devicePublicKey, nowMs),
    liveAllowance: (accountNumber, devicePublicKey, nowMs) => {
      const inUse = loadAllowanceInUse(sql, devicePublicKey);
      const isLive = inUse && nowMs < inUse.expiresAtMs && inUse.account === serialOf(accountNumber);
      return isLive ? inUse.serial : undefined;
    },
    revokeAllowancesOf: (devicePublicKey, nowMs) =>
      revokeAllowancesOfDevice(sql, devicePublicKey, 'The phone was removed.', nowMs),
    highestBatchNo: (terminalId) =>
      sql
        .exec<{ highest: number | null }>(
          'SELECT max(batch_no) AS highest FROM requests WHERE terminal_id = ?',
          terminalId,
        )
        .one().highest ?? 0,
  };
}

function randomNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
