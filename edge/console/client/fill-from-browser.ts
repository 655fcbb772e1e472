/** Fills what only the browser knows: the time zone it is in, and a code that stands in the address behind the `#`. */
export function fillFromBrowser(root: Document): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-time-zone]')) {
    input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-from-fragment]')) {
    const code = new URLSearchParams(location.hash.slice(1)).get(input.dataset.fromFragment ?? '');
    if (!code) continue;
    input.value = code;
    // A code is not to stay in the history of a shared computer.
    history.replaceState(null, '', location.pathname + location.search);
  }
}
