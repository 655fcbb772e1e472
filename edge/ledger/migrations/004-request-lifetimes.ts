/** How long a request may be paid, by the programme's word: what a till claims beyond it is cut. */
export const REQUEST_LIFETIMES = `
  -- None until the Clearing object has said it: then as long as the protocol allows.
  ALTER TABLE programme ADD COLUMN request_valid_seconds INTEGER CHECK (request_valid_seconds > 0);

  -- Only where the programme allowed less, when it was handed in, than the request claims. What it claims stays as it was signed.
  ALTER TABLE requests ADD COLUMN lasts_seconds INTEGER CHECK (lasts_seconds BETWEEN 1 AND valid_for_seconds - 1);
`;
