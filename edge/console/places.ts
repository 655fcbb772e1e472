import type {
  AccountNumber,
  MerchantNo,
  ParticipantCode,
  TerminalId,
  TraceKey,
} from '../../shared/protocol/identifiers.ts';

/**
 * Every address of the console in one place. What belongs to a participant's books stands under its code, so an address
 * can be kept or sent on and always means the same.
 */
export const CONSOLE_ROOT = '/centre';

export const places = {
  setup: `${CONSOLE_ROOT}/setup`,
  signIn: `${CONSOLE_ROOT}/sign-in`,
  signOut: `${CONSOLE_ROOT}/sign-out`,
  join: `${CONSOLE_ROOT}/join`,
  participants: `${CONSOLE_ROOT}/participants`,
  administrators: `${CONSOLE_ROOT}/administrators`,
  keys: `${CONSOLE_ROOT}/keys`,
  apiKeys: `${CONSOLE_ROOT}/api-keys`,
  settings: `${CONSOLE_ROOT}/settings`,
  overview: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}`,
  flaggedCards: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/flagged-cards`,
  merchants: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/merchants`,
  merchant: (participant: ParticipantCode, merchantNo: MerchantNo) =>
    `${CONSOLE_ROOT}/${participant}/merchants/${merchantNo}`,
  terminal: (participant: ParticipantCode, terminalId: TerminalId) =>
    `${CONSOLE_ROOT}/${participant}/terminals/${terminalId}`,
  accounts: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/accounts`,
  account: (accountNumber: AccountNumber) => `${CONSOLE_ROOT}/${accountNumber.slice(0, 6)}/accounts/${accountNumber}`,
  payments: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/payments`,
  offline: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/offline`,
  allowances: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/offline/allowances`,
  evidenceList: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/offline/evidence`,
  evidence: (participant: ParticipantCode, id: number) => `${CONSOLE_ROOT}/${participant}/offline/evidence/${id}`,
  lateArrivals: (participant: ParticipantCode) => `${CONSOLE_ROOT}/${participant}/offline/late-arrivals`,
  payment: (participant: ParticipantCode, traceKey: TraceKey) => `${CONSOLE_ROOT}/${participant}/payments/${traceKey}`,
} as const;
