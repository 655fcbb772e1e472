/** How many acceptances a request has: a till that signs more than one broke its rules, and shall not fill the books. */
export const ACCEPTANCES_OF_REQUESTS = `
  -- request: whose trace key it was signed for; none for those that came before this was kept.
  ALTER TABLE acceptances ADD COLUMN request INTEGER;
  CREATE INDEX acceptances_by_request ON acceptances (request) WHERE request IS NOT NULL;
`;
