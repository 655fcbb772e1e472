/** What the ledger uses of Node's crypto in workerd: the one SHA-256 that answers at once, inside a transaction. */
declare module 'node:crypto' {
  interface Hash {
    update(data: Uint8Array): Hash;
    digest(): Uint8Array<ArrayBuffer>;
  }
  export function createHash(algorithm: 'sha256'): Hash;
}
