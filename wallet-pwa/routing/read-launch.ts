/** What an address asks for besides a screen. It waits while the person signs up, and is done once. */
export type Launch =
  /** A code's link was followed: the whole address, as a scanner would have read it. */
  | { readonly kind: 'payment'; readonly link: string }
  /** A card's one-time code: `/wallet/#claim=CODE`. */
  | { readonly kind: 'claim'; readonly code: string };

const CLAIM = /^#claim=([A-Za-z0-9-]{1,400})$/;

/** Both stand behind `#`: that part of an address never leaves the browser, so it gets into no log. */
export function readLaunch(url: URL): Launch | undefined {
  if (/\/p\/?$/.test(url.pathname) && url.hash.length > 1) return { kind: 'payment', link: url.href };
  const claim = CLAIM.exec(url.hash);
  return claim?.[1] ? { kind: 'claim', code: claim[1] } : undefined;
}
