import { say } from '../i18n/say.ts';
import type { ScannerState } from './scanner-controller.ts';

/**
 * What the scanner says under its picture.
 * @returns undefined while there is nothing to report: then the prompt stands there; empty where the refusal speaks itself
 */
export function wordsFor(state: ScannerState, source: 'camera' | 'screen', hasTorch: boolean): string | undefined {
  switch (state.status) {
    case 'idle':
    case 'starting':
      return say('scanner.starting');
    case 'reading-image':
      return say('scanner.reading-image');
    case 'refused':
    case 'broken':
      return '';
    case 'looking':
      return {
        seen: say('scanner.seen'),
        unreadable: say('scanner.hold-still'),
        dark: say(hasTorch ? 'scanner.too-dark' : 'scanner.too-dark-no-torch'),
        nothing: source === 'screen' ? say('scanner.looking-screen') : undefined,
      }[state.hint];
  }
}
