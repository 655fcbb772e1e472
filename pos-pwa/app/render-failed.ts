import { html } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { say } from '../say.ts';
import type { Till } from '../till/till.ts';

/** The till could not start: for want of its disk, which the next try may have, or with records that only a reset gets rid of. */
export function renderFailed(till: Till) {
  const isStorage = till.phase.value.name === 'failed' && till.phase.value.code === 'storage_failed';
  const { text, next } = messageFor('storage_failed', 'cashier');
  return html`<main class="plain">
    <h1>${say('app.failed')}</h1>
    <p>${isStorage ? `${text} ${next}` : say('app.failed-next')}</p>
    <button
      class="button primary large"
      type="button"
      @click=${() => (isStorage ? location.reload() : void till.reset())}
    >
      ${say(isStorage ? 'app.try-again' : 'settings.reset')}
    </button>
  </main>`;
}
