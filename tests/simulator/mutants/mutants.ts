/** A defect in shipped code: one text in one file, replaced. Caught by seeds of the simulator, or by a file or folder of tests. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Undefined: by seeds. */
  readonly test?: string;
  /** Tried first: where the defect was found once. */
  readonly seeds?: readonly number[];
}

const CHAIN = 'shared/protocol/offline/chain.ts';
const ACCEPT = 'shared/protocol/offline/decide-acceptance.ts';
const SETTLE = 'shared/protocol/offline/decide-settlement.ts';
const TAKE = 'pos-pwa/offline/take-consent.ts';
const VERIFY = 'pos-pwa/offline/verify-consent.ts';
const CONSENT = 'shared/protocol/payment/verify-authorisation.ts';
const LEDGER = 'edge/ledger/offline';

function unit(test: string) {
  return (name: string, file: string, find: string, replace: string): Mutant => ({
    name,
    file,
    find,
    replace,
    test: `tests/shared/protocol/${test}.test.ts`,
  });
}

const inChain = unit('offline/chain');
const inAcceptance = unit('offline/decide-acceptance');
const inSettlement = unit('offline/decide-settlement');

/** Found by the unit tests of a rule. */
const BY_UNIT_TESTS: readonly Mutant[] = [
  inChain('a counter is used again', CHAIN, 'counter: head.counter + 1, previous', 'counter: head.counter, previous'),
  inChain(
    'largest payment: < for <=',
    CHAIN,
    'amountMinor <= allowance.paymentMaxMinor &&\n    head',
    'amountMinor < allowance.paymentMaxMinor &&\n    head',
  ),
  inChain(
    'limit: < for <=',
    CHAIN,
    'amountMinor <= allowance.limitMinor &&\n    head.counter <',
    'amountMinor < allowance.limitMinor &&\n    head.counter <',
  ),
  inChain('places: <= for <', CHAIN, 'head.counter < allowance.countMax', 'head.counter <= allowance.countMax'),
  inChain('a sum that counts less than the payment', CHAIN, 'link.cumulativeMinor >= link.amountMinor &&', ''),
  inChain(
    'end of the allowance: > for >=',
    CHAIN,
    "if (nowMs >= allowance.expiresAtMs) return 'allowance_expired'",
    "if (nowMs > allowance.expiresAtMs) return 'allowance_expired'",
  ),
  inChain('a join is not compared', CHAIN, 'if (later.counter === earlier.counter + 1 &&', 'if (false &&'),
  inAcceptance(
    'expiry is not asked on the till',
    ACCEPT,
    "if (nowMs >= allowance.expiresAtMs) return 'allowance_expired';",
    '',
  ),
  inAcceptance('a withdrawn allowance is taken', ACCEPT, "if (facts.isRevoked) return 'allowance_revoked';", ''),
  inAcceptance(
    'out of one allowance: >= for >',
    ACCEPT,
    'link.amountMinor > settings.tillPerAllowanceMinor',
    'link.amountMinor >= settings.tillPerAllowanceMinor',
  ),
  inAcceptance(
    'in all: >= for >',
    ACCEPT,
    'link.amountMinor > settings.tillTotalMinor',
    'link.amountMinor >= settings.tillTotalMinor',
  ),
  inAcceptance(
    'count: <= for <',
    ACCEPT,
    'takings.count < settings.tillCountMax ? undefined',
    'takings.count <= settings.tillCountMax ? undefined',
  ),
  inAcceptance('an old list shrinks nothing', ACCEPT, '? 0.25 : 1', '? 1 : 1'),
  inAcceptance('the shop is not asked', ACCEPT, '!settings.isOn || !facts.hasAgreed', '!settings.isOn'),
  inSettlement('the guarantee pays without an acceptance', SETTLE, 'acceptance !== undefined &&\n', ''),
  inSettlement(
    'the guarantee has no end',
    SETTLE,
    'guaranteedMinor + link.amountMinor <= settings.tillTotalMinor;',
    'true;',
  ),
  inSettlement(
    'the guarantee for one allowance has no end at a till',
    SETTLE,
    'takenHereMinor + link.amountMinor <= Math.min(settings.tillPerAllowanceMinor, facts.allowance.limitMinor) &&\n',
    '',
  ),
  inSettlement('the life of a request is not asked late', SETTLE, "if (!isInTime) return 'authorisation_expired';", ''),
  inSettlement(
    'a till that was told no is paid on the phone’s word',
    SETTLE,
    "return facts.wasAwaited ? 'request_expired' : undefined;",
    'return undefined;',
  ),
  inSettlement(
    'paid twice',
    SETTLE,
    "? { kind: 'repeat' }\n      : refused('already_paid')",
    "? { kind: 'repeat' }\n      : pay('available')",
  ),
  inSettlement(
    'claim window: < for <=',
    SETTLE,
    'if (nowMs <= booked.claimUntilMs && link',
    'if (nowMs < booked.claimUntilMs && link',
  ),
  unit('offline/revocations')(
    'versions go back',
    'shared/protocol/offline/revocations.ts',
    'const isNews = list.toVersion > version ||',
    'const isNews = list.toVersion >= 0 ||',
  ),
  unit('offline/revocations')(
    'a gap is not noticed',
    'shared/protocol/offline/revocations.ts',
    'const isJoined = list.fromVersion <= version;',
    'const isJoined = true;',
  ),
  unit('offline/closing')(
    'an acceptance of anything',
    'shared/protocol/offline/acceptance.ts',
    'return isOfConsent ? accept(content)',
    'return true ? accept(content)',
  ),
  unit('offline/closing')(
    'an acceptance by anyone',
    'shared/protocol/offline/acceptance.ts',
    "if (!(await decoded.value.verify(terminal.key))) return refuse('signature_invalid');",
    '',
  ),
  unit('offline/verify-evidence')(
    'evidence without consents that contradict',
    'shared/protocol/offline/verify-evidence.ts',
    "if (!contradiction) return refuse('evidence_insufficient');",
    '',
  ),
  unit('passkey/passkey-assertion')(
    'user verification is skipped',
    'shared/protocol/passkey/passkey-assertion.ts',
    ' || (flags & FLAG_USER_VERIFIED) === 0',
    '',
  ),
  unit('payment/consent')(
    'the device signature is skipped',
    CONSENT,
    "if (!(await decoded.value.verify(wallet.deviceKey))) return refuse('signature_invalid');",
    '',
  ),
];

/** Found by the simulator. */
const BY_SEEDS: readonly Mutant[] = [
  {
    name: 'a consent to another request is taken',
    file: VERIFY,
    find: "if (!isEqualBytes(requestHash, request.hash)) return refuse('request_mismatch');\n  if (amountMinor !== request.amountMinor) return refuse('amount_mismatch');",
    replace: '',
  },
  {
    name: 'a till takes after the end of its request',
    file: VERIFY,
    find: "if (nowMs > request.expiresAtMs) return refuse('request_expired');",
    replace: '',
  },
  {
    name: 'a till does not look into its list',
    file: TAKE,
    find: 'isRevoked: state.revocations?.serials.has(encodeHex(wallet.content.serial)) ?? false,',
    replace: 'isRevoked: false,',
  },
  {
    name: 'the item of the outbox is forgotten',
    file: TAKE,
    find: 'outboxItem: createOutboxItem(sale.traceKey, sale.voucherNo, taken.acceptedAtMs),',
    replace: '',
  },
  {
    name: 'accepted is shown before it is stored',
    file: TAKE,
    find: 'const version = picture.state.revocations!.version;',
    replace: "return accept({ ...picture.sale!, state: { status: 'accepted', ...taken } }); const version = 0;",
  },
  {
    name: 'what was taken is not counted',
    file: TAKE,
    find: 'takenMinor: takings.takenMinor + amountMinor, count: takings.count + 1',
    replace: 'takenMinor: takings.takenMinor, count: takings.count',
  },
  {
    name: 'a till forgets the chain it has seen',
    file: TAKE,
    find: '    seen: seenAfter(found, seen),\n',
    replace: '',
  },
  {
    name: 'a signed consent gets no item in the outbox',
    file: 'wallet-pwa/offline/decide-consent.ts',
    find: "return { intent: next, outbox: 'add', ...(chain",
    replace: 'return { intent: next, ...(chain',
  },
  {
    name: 'a given consent is left out of the last word',
    file: 'wallet-pwa/offline/kept-chain.ts',
    find: 'given: [...chain.given, authorisationHash],',
    replace: 'given: chain.given,',
  },
  {
    name: 'a place is not written down',
    file: 'wallet-pwa/storage/intent-store.ts',
    find: '...(step.chain ? [chains.put(step.chain)] : []),',
    replace: '',
  },
  {
    name: 'a burnt consent may still be signed',
    file: 'wallet-pwa/offline/decide-consent.ts',
    find: 'const burnt = next ? prepared.filter((other) => isOfChain(next, other)) : [];',
    replace: 'const burnt: PaymentIntent[] = []; void isOfChain;',
    test: 'tests/wallet-pwa/offline',
  },
  {
    name: 'the last word is not kept',
    file: 'wallet-pwa/offline/decide-close.ts',
    find: "return { chain: { ...chain, state: { status: 'closing', closing } }, burnt };",
    replace: 'return { chain, burnt };',
  },
  {
    name: 'reserves are given back when the allowance ends',
    file: `${LEDGER}/reserve.ts`,
    find: "'WHERE reserved_minor > 0 AND claim_until_ms < ? ORDER",
    replace: "'WHERE reserved_minor > 0 AND expires_at_ms < ? ORDER",
  },
  {
    name: 'a last word frees all of it',
    file: `${LEDGER}/close.ts`,
    find: 'releaseReserve(context, closed, outstandingMinor(closing, links))',
    replace: 'releaseReserve(context, closed, 0 * outstandingMinor(closing, links))',
  },
  {
    name: 'a payment is not compared with the last word',
    file: `${LEDGER}/links.ts`,
    find: "return closing && hides(closing, link) ? { contradiction: 'not-given', against: undefined } : undefined;",
    replace: 'return closing && hides(closing, link) ? undefined : undefined;',
  },
  {
    name: 'two payments are not compared',
    file: `${LEDGER}/links.ts`,
    find: 'if (contradiction) return { contradiction, against: paid.request };',
    replace: '',
  },
  {
    name: 'the hold is not reduced by what it pays',
    file: `${LEDGER}/settle.ts`,
    find: 'keptMinor: allowance.reservedMinor - amountMinor, releasedMinor: 0',
    replace: 'keptMinor: allowance.reservedMinor, releasedMinor: 0',
  },
  {
    name: 'the hold is undone and not made again',
    file: `${LEDGER}/settle.ts`,
    find: 'keptMinor: allowance.reservedMinor - amountMinor, releasedMinor: 0',
    replace: 'keptMinor: 0, releasedMinor: allowance.reservedMinor - amountMinor',
  },
  {
    name: 'a double spending is not recorded',
    file: `${LEDGER}/settle.ts`,
    find: 'if (decision.isDoubleSpend && found) keepEvidence(context, command, paying, found);',
    replace: 'void keepEvidence;',
  },
  {
    name: 'the debt is not booked',
    file: `${LEDGER}/settle.ts`,
    find: "if (settledFrom === 'guarantee') bookDebt(context, standing.id, account, amountMinor);",
    replace: 'void bookDebt;',
  },
  {
    name: 'a double spending withdraws nothing',
    file: `${LEDGER}/double-spends.ts`,
    find: 'revokeAllowance(sql, allowance, REASON, nowMs);',
    replace: 'void revokeAllowance; return;',
  },
  {
    name: 'an allowance is withdrawn twice',
    file: `${LEDGER}/revocations.ts`,
    find: 'if (known !== undefined) return known;',
    replace: '',
    seeds: [48],
  },
  {
    name: 'a link is not kept',
    file: `${LEDGER}/settle.ts`,
    find: 'insertLink(sql, { link, request: standing.id, allowance: allowance.id, settledFrom, handedInBy }, nowMs);',
    replace: 'void insertLink;',
  },
  {
    name: 'less is set aside than is promised',
    file: `${LEDGER}/grant.ts`,
    find: 'const hold = holdReserve(context, account.serial, serial, limitMinor);',
    replace: 'const hold = holdReserve(context, account.serial, serial, Math.ceil(limitMinor / 2));',
  },
  {
    name: 'the till’s word is not kept',
    file: `${LEDGER}/settle.ts`,
    find: 'if (command.acceptance && isOfRequest) keepAcceptance(context, standing.id, request.terminalId, command.acceptance);',
    replace: 'void keepAcceptance;',
  },
];

/** Found inside workerd: few seeds come to it. */
const BY_WORKER_TESTS: readonly Mutant[] = [
  {
    name: 'a last word is not compared with what was paid',
    file: `${LEDGER}/close.ts`,
    find: 'const hidden = links.filter((link) => hides(closing, link));',
    replace: 'const hidden = links.filter((link) => hides(closing, link) && false);',
    test: 'tests/edge/offline',
  },
];

export const MUTANTS: readonly Mutant[] = [...BY_UNIT_TESTS, ...BY_WORKER_TESTS, ...BY_SEEDS];
