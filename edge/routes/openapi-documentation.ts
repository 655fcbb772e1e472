import type { GenerateSpecOptions } from 'hono-openapi';

/** What the OpenAPI document says besides the calls themselves. */
export const OPENAPI_DOCUMENTATION: NonNullable<GenerateSpecOptions['documentation']> = {
  info: {
    title: 'Tandem',
    version: '1',
    description:
      'Pays by QR code from closed-loop stored value. Everything that moves money is a signed document (CBOR in COSE_Sign1), ' +
      'carried in JSON as base64url. A document proves itself, and handed in again it has the same effect once and gets the same ' +
      'answer. Whatever is refused has moved no money; every refusal is a problem (RFC 9457) with a stable `code`.',
  },
  tags: [
    { name: 'Payments', description: 'Signed documents, by whoever carries them. No session.' },
    {
      name: 'Tills',
      description: 'Activation, sessions and cashiers. The session is a cookie set by activation or hello.',
    },
    { name: 'Wallets', description: 'Customers, their cards and movements. The session is a cookie set by a passkey.' },
    { name: 'Programme', description: 'What anyone may know.' },
    { name: 'Administration', description: 'What the console does, for programs, by an API key made in the console.' },
    { name: 'Demo', description: 'Only where the operator opened a demo.' },
  ],
  servers: [{ url: '/api/v1' }],
  components: {
    securitySchemes: {
      till: { type: 'apiKey', in: 'cookie', name: 'tandem_pos', description: 'With `__Host-` before it over HTTPS.' },
      wallet: {
        type: 'apiKey',
        in: 'cookie',
        name: 'tandem_wallet',
        description: 'With `__Host-` before it over HTTPS.',
      },
      console: { type: 'http', scheme: 'bearer', description: 'An API key made in the console.' },
    },
  },
};
