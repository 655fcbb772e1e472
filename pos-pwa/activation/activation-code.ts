/**
 * What stands in the code's field while it is typed: upper case, in groups of four, forgiving as `parseSecretCode` is.
 * A pasted link is left as it is.
 */
export function groupCode(typed: string): string {
  if (/^https?:/i.test(typed.trim())) return typed.trim();
  return (
    typed
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .slice(0, 12)
      .match(/.{1,4}/g)
      ?.join('-') ?? ''
  );
}

/** Characters of the code typed so far, without the dashes. */
export function countCode(grouped: string): number {
  return grouped.replaceAll('-', '').length;
}

/** The code in a followed link, `/pos/#activate=…`. */
export function codeInFragment(hash: string): string | undefined {
  return /^#activate=([A-Za-z0-9-]{12,20})$/.exec(hash)?.[1];
}
