import { answerCopyButtons } from './copy-buttons.ts';
import { fillFromBrowser } from './fill-from-browser.ts';
import { keepFresh } from './keep-fresh.ts';
import { runPasskeyForms } from './passkey-forms.ts';
import { answerPrintButtons } from './print-buttons.ts';
import { sendFormsOnce } from './send-forms-once.ts';
import { suggestShortNames } from './suggest-short-names.ts';

/* The console's pages work without this file, but for passkeys. It makes them livelier, and every part stands alone. */
fillFromBrowser(document);
suggestShortNames(document);
answerCopyButtons(document);
answerPrintButtons(document);
runPasskeyForms(document);
sendFormsOnce(document);
keepFresh(document);
