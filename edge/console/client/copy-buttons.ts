const SAID_MS = 2_000;

/** Shows the buttons that copy a text, and copies. Where the clipboard is out of reach they stay hidden: the text is there to select. */
export function answerCopyButtons(root: Document): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-copy]')) button.hidden = false;
  root.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[data-copy]') : null;
    const { copy, copied } = button?.dataset ?? {};
    if (!button || copy === undefined || button.dataset.saying) return;
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(copy);
    } catch {
      return; // the browser asked, and the person said no
    }
    button.dataset.saying = 'true';
    button.textContent = copied ?? words;
    setTimeout(() => {
      button.textContent = words;
      delete button.dataset.saying;
    }, SAID_MS);
  });
}
