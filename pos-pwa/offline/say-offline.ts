import { createSay } from '../../shared/browser/i18n/create-say.ts';
import { OFFLINE_TEXTS } from './offline-texts.ts';

/** The words of selling without network, by key. */
export const sayOffline = createSay(OFFLINE_TEXTS);
