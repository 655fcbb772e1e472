import { refuse } from '../../shared/protocol/result.ts';
import type { Books } from '../registry/books.ts';
import {
  accountNumberOf,
  availableMinor,
  loadAccount,
  openCustomerAccount,
  openMerchantAccount,
  ownSerialOf,
} from './accounts.ts';
import { assertBooks } from './contradiction.ts';
import type { LedgerRules } from './rules.ts';
import { topUp } from './transfers.ts';

/** What the registry may ask of the books, inside the transaction that it opened. */
export function createRegistryBooks(
  sql: SqlStorage,
  loadRules: () => LedgerRules | undefined,
  isHalted: () => boolean,
): Books {
  const rules = (): LedgerRules => {
    const opened = loadRules();
    assertBooks(opened !== undefined, 'the books were opened');
    return opened;
  };
  return {
    rules,
    openCustomerAccount: (nowMs) => accountNumberOf(rules().participant, openCustomerAccount(sql, nowMs, randomNumber)),
    openMerchantAccount: (nowMs) => accountNumberOf(rules().participant, openMerchantAccount(sql, nowMs)),
    topUp: (accountNumber, amountMinor, reference, nowMs) =>
      isHalted()
        ? refuse('ledger_halted')
        : topUp({ sql, rules: rules(), nowMs }, { accountNumber, amountMinor, reference }),
    loadAccount: (accountNumber) => {
      const serial = ownSerialOf(accountNumber, rules().participant);
      const account = serial === undefined ? undefined : loadAccount(sql, serial);
      return account && { status: account.status, availableMinor: availableMinor(account) };
    },
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
