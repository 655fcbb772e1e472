import { createPasskeyAnswer, getPasskeyAnswer, PasskeyRefused } from './passkeys.ts';

/** What `…/passkey-options` answers: see `CeremonyAnswer` of the wire schemas. */
interface CeremonyAnswer {
  readonly ceremony: string;
  readonly options: { readonly challenge: string };
}

/**
 * Forms that end in a passkey: asks the centre for options with what was typed, lets the browser run the ceremony, and sends
 * the form with the answer in two hidden fields. When the centre has something to say about what was typed, the form goes
 * without an answer, and the page that comes back says it beside the fields.
 */
export function runPasskeyForms(root: Document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.ready) return;
      event.preventDefault();
      if (!form.dataset.running) void runCeremony(form);
    });
  }
}

async function runCeremony(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  form.dataset.running = 'true';
  button?.setAttribute('aria-busy', 'true');
  say(form, '');
  try {
    const ceremony = await loadOptions(form);
    if (ceremony) {
      const run = form.dataset.passkey === 'create' ? createPasskeyAnswer : getPasskeyAnswer;
      setHidden(form, 'ceremony', ceremony.ceremony);
      setHidden(form, 'response', JSON.stringify(await run(ceremony.options)));
    }
    form.dataset.ready = 'true';
    form.requestSubmit();
  } catch (error) {
    say(form, error instanceof PasskeyRefused ? error.message : 'The centre did not answer. Try again.');
  } finally {
    delete form.dataset.running;
    button?.removeAttribute('aria-busy');
  }
}

/** @returns undefined when the centre refuses what was typed */
async function loadOptions(form: HTMLFormElement): Promise<CeremonyAnswer | undefined> {
  const response = await fetch(form.dataset.passkeyOptions ?? '', {
    method: 'POST',
    body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
  });
  return response.ok ? ((await response.json()) as CeremonyAnswer) : undefined;
}

function setHidden(form: HTMLFormElement, name: string, value: string): void {
  let input = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!input) {
    input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    form.append(input);
  }
  input.value = value;
}

function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector('[data-passkey-state]');
  if (place) place.textContent = words;
}
