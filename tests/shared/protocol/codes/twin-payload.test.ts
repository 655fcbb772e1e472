import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Bytes } from '../../../../shared/protocol/bytes.ts';
import {
  decodeAuthorisationPayload,
  encodeAuthorisationPayload,
} from '../../../../shared/protocol/codes/authorisation-payload.ts';
import { decodePayCodePayload, encodePayCodePayload } from '../../../../shared/protocol/codes/pay-code-payload.ts';
import { peekTwinPayloadKind } from '../../../../shared/protocol/codes/twin-payload.ts';

const [first, second, third] = [Uint8Array.of(1), Uint8Array.of(2, 2), Uint8Array.of(3, 3, 3)] as Bytes[];
const authorisation = { authorisation: first!, assertion: second!, walletCertificate: third! };
const payCode = { showing: first!, assertion: second!, wallet: third! };

it('says what it carries, and is taken for nothing else', () => {
  const payloads = [encodePayCodePayload(payCode), encodeAuthorisationPayload(authorisation)] as const;
  expect(payloads.map(peekTwinPayloadKind)).toEqual(['pay-code', 'authorisation']);
  expect(decodePayCodePayload(payloads[0])).toEqual({ ok: true, value: payCode });
  expect(decodeAuthorisationPayload(payloads[1])).toEqual({ ok: true, value: authorisation });
  expect(decodePayCodePayload(payloads[1])).toEqual({ ok: false, code: 'code_tampered' });
  expect(decodeAuthorisationPayload(payloads[0])).toEqual({ ok: false, code: 'code_tampered' });
});

it('takes no bytes of a stranger for a payload, and throws at none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeAuthorisationPayload(bytes).ok).toBe(false);
      expect(decodePayCodePayload(bytes).ok).toBe(false);
    }),
  );
});
