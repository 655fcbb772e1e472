import { describe, expect, it } from 'vitest';
import { createSay } from '../../../../shared/browser/i18n/create-say.ts';
import { messageFor } from '../../../../shared/browser/i18n/message-for.ts';
import { UI_MESSAGES_EN } from '../../../../shared/browser/i18n/ui-messages-en.ts';
import { REFUSAL_CODES } from '../../../../shared/protocol/refusals.ts';

/** Words of ours that no customer should have to know. */
const JARGON = /transaction|sync|authoris|certificate|token|payload|server|error|invalid|\d{3}/i;

describe('messageFor', () => {
  const everyMessage = REFUSAL_CODES.flatMap((code) =>
    (['customer', 'cashier'] as const).map((audience) => [code, audience, messageFor(code, audience)] as const),
  );

  it.each(everyMessage)('says %s to a %s in short sentences without jargon', (code, _, { text, next }) => {
    for (const sentence of [text, next]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(JARGON);
      expect(sentence).not.toContain(code.includes('_') ? code : '_');
      expect(sentence.split(' ').length).toBeLessThanOrEqual(14);
    }
  });

  it('speaks to the cashier of the customer', () => {
    expect(messageFor('insufficient_balance', 'cashier').text).toBe('Not enough money on the customer’s card.');
    expect(messageFor('insufficient_balance').text).toBe('Not enough money on this card.');
  });
});

describe('the words of the shared elements', () => {
  it.each(Object.entries(UI_MESSAGES_EN))('%s is free of jargon', (_, words) => {
    expect(words).not.toMatch(JARGON);
  });
});

describe('createSay', () => {
  const say = createSay({ left: 'You can still take up to {amount}', plain: 'Ready' });

  it('puts values in their places', () => {
    expect(say('left', { amount: '25.00' })).toBe('You can still take up to 25.00');
    expect(say('plain')).toBe('Ready');
  });

  it('leaves a place without a value visible', () => {
    expect(say('left')).toBe('You can still take up to {amount}');
  });
});
