/** Suggests a short name while its long one is typed, until someone types a short one: small letters, digits and dashes. */
export function suggestShortNames(root: Document): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-suggest-from]')) {
    const source = input.form?.elements.namedItem(input.dataset.suggestFrom ?? '');
    if (!(source instanceof HTMLInputElement) || input.value !== '') continue;
    let isOwn = false;
    input.addEventListener('input', () => {
      isOwn = input.value !== '';
    });
    source.addEventListener('input', () => {
      if (!isOwn) input.value = shorten(source.value, input.maxLength);
    });
  }
}

/** Accents fall off their letters; whatever else is no letter becomes a dash. */
function shorten(name: string, charsMax: number): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const dashed = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  return dashed.slice(0, charsMax).replace(/-$/, '');
}
