/** How long a form stays sent: past it, an answer that never came may be asked for again. */
const SENT_MS = 10_000;

/** Keeps a second press from sending a form twice. What matters (a top-up) the centre does once anyway. */
export function sendFormsOnce(root: Document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'true';
    const button = event.submitter ?? form.querySelector('button[type="submit"]');
    button?.setAttribute('aria-busy', 'true');
    setTimeout(() => release(form), SENT_MS);
  });
  // A page that the Back button brings back comes as it was left.
  window.addEventListener('pageshow', () => root.querySelectorAll('form').forEach(release));
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
}
