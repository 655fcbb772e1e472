import { createSay } from '../shared/browser/i18n/create-say.ts';
import { TEXTS } from './texts.ts';

/** The till's own words, by key. */
export const say = createSay(TEXTS);
