import { createSay } from './create-say.ts';
import { UI_MESSAGES_EN } from './ui-messages-en.ts';

/** The shared elements' own words, by key. */
export const say = createSay(UI_MESSAGES_EN);
