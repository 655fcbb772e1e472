/**
 * Every posted payment has exactly one request, one authorisation and one entry of its amount, and what was cancelled was
 * not paid. Each query selects what breaks its rule.
 */
const RULES: readonly { readonly says: string; readonly query: string }[] = [
  {
    says: 'a payment has the request, entry and amount that go with it',
    query: `
      SELECT p.sequence AS at FROM payments p
      LEFT JOIN requests r ON r.id = p.request
      LEFT JOIN journal j ON j.sequence = p.sequence
      WHERE r.id IS NULL OR j.sequence IS NULL OR j.kind <> 1 OR j.subject IS NOT p.request
        OR j.amount_minor IS NOT r.amount_minor OR j.credit IS NOT r.merchant_account`,
  },
  {
    says: 'an entry of a payment has the payment',
    query: `
      SELECT j.sequence AS at FROM journal j LEFT JOIN payments p ON p.request = j.subject
      WHERE j.kind = 1 AND p.sequence IS NOT j.sequence`,
  },
  {
    says: 'what was cancelled is not paid',
    query: 'SELECT c.sequence AS at FROM cancellations c JOIN payments p ON p.request = c.request',
  },
  {
    says: 'a cancellation has its request and entry',
    query: `
      SELECT c.sequence AS at FROM cancellations c
      LEFT JOIN requests r ON r.id = c.request
      LEFT JOIN journal j ON j.sequence = c.sequence
      WHERE r.id IS NULL OR j.kind IS NOT 8 OR j.subject IS NOT c.request`,
  },
  {
    says: 'an entry of a cancellation has the cancellation',
    query: `
      SELECT j.sequence AS at FROM journal j LEFT JOIN cancellations c ON c.request = j.subject
      WHERE j.kind = 8 AND c.sequence IS NOT j.sequence`,
  },
  {
    says: 'a pay code that paid has the payment, account and certificate that go with it',
    query: `
      SELECT coalesce(p.sequence, c.request) AS at FROM pay_codes c
      LEFT JOIN payments p ON p.request = c.request
      LEFT JOIN journal j ON j.sequence = p.sequence
      WHERE c.outcome = 'paid' AND (p.sequence IS NULL OR j.debit IS NOT c.account
        OR p.wallet_certificate IS NOT c.wallet_certificate OR p.assertion IS NOT c.assertion
        OR p.authorised_at_ms IS NOT c.charged_at_ms)`,
  },
  {
    says: 'a request is paid by one pay code at most, and every pay code has its request',
    query: `
      SELECT c.request AS at FROM pay_codes c LEFT JOIN requests r ON r.id = c.request WHERE r.id IS NULL
      UNION ALL
      SELECT request FROM pay_codes WHERE outcome = 'paid' GROUP BY request HAVING count(*) > 1`,
  },
  {
    says: 'a pay code that its customer took back paid nothing',
    query: `
      SELECT c.request AS at FROM pay_codes c JOIN pay_code_cancellations x ON x.hash = c.hash
      WHERE c.outcome = 'paid'`,
  },
  {
    says: 'a refused attempt has its entry, and moved nothing',
    query: `
      SELECT a.sequence AS at FROM (
        SELECT sequence FROM attempts UNION ALL SELECT sequence FROM unproven_attempts
      ) a LEFT JOIN journal j ON j.sequence = a.sequence
      WHERE j.kind IS NOT 7 OR j.amount_minor <> 0`,
  },
  {
    says: 'an entry of a refusal has its attempt, one',
    query: `
      SELECT j.sequence AS at FROM journal j
      LEFT JOIN attempts a ON a.sequence = j.sequence
      LEFT JOIN unproven_attempts u ON u.sequence = j.sequence
      WHERE j.kind = 7 AND (a.sequence IS NULL) = (u.sequence IS NULL)`,
  },
  {
    says: 'certificates are there for all that names them',
    query: `
      SELECT r.id AS at FROM requests r WHERE r.certificate NOT IN (SELECT id FROM certificates)
      UNION ALL
      SELECT p.sequence FROM payments p WHERE p.wallet_certificate NOT IN (SELECT id FROM certificates)
      UNION ALL
      SELECT a.sequence FROM attempts a WHERE a.certificate NOT IN (SELECT id FROM certificates)
      UNION ALL
      SELECT u.sequence FROM unproven_attempts u WHERE u.certificate NOT IN (SELECT id FROM certificates)
      UNION ALL
      SELECT c.request FROM pay_codes c WHERE c.wallet_certificate NOT IN (SELECT id FROM certificates)`,
  },
];

/** @returns what is wrong, in words */
export function checkPayments(sql: SqlStorage): string[] {
  return RULES.flatMap(({ says, query }) =>
    sql
      .exec<{ at: number }>(`${query} LIMIT 5`)
      .toArray()
      .map(({ at }) => `Not true at ${at}: ${says}.`),
  );
}
