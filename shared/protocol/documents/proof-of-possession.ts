import * as v from 'valibot';
import { TerminalId } from '../identifiers.ts';
import { defineDocument } from './document.ts';
import { bytesOf, Nonce, PublicKey, TimeMs } from './fields.ts';

/** A tablet asks to become a terminal: shows that it holds the key that is to be certified. */
export const TerminalActivation = defineDocument('tandem/terminal-activation/v1', {
  activationCode: [1, v.pipe(v.string(), v.regex(/^[A-Z2-7]{12}$/))],
  publicKey: [2, PublicKey],
  atMs: [3, TimeMs],
});

/** A terminal opens a session: fresh by time and nonce. */
export const TerminalHello = defineDocument('tandem/terminal-hello/v1', {
  terminalId: [1, TerminalId],
  atMs: [2, TimeMs],
  nonce: [3, Nonce],
});

/** A phone binds its device key to a sign-in: shows that it holds the key that is to be certified. */
export const DeviceBinding = defineDocument('tandem/device-binding/v1', {
  publicKey: [1, PublicKey],
  /** The challenge of the registration or sign-in that this belongs to. */
  challenge: [2, bytesOf(32)],
});
