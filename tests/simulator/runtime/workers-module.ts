/** Stands in for `cloudflare:workers`, where the objects of the centre run in this process. */
export class DurableObject<E = unknown> {
  protected readonly ctx: unknown;
  protected readonly env: E;

  constructor(state: unknown, env: E) {
    this.ctx = state;
    this.env = env;
  }
}

export class RpcTarget {
  [Symbol.dispose](): void {}
}

/** Pings of sockets; no device of the simulator has one. */
class WebSocketRequestResponsePair {}
Object.assign(globalThis, { WebSocketRequestResponsePair });

/** V8 in workerd is newer than in Node. */
Object.assign(Uint8Array, { fromHex: (text: string) => new Uint8Array(Buffer.from(text, 'hex')) });
Object.assign(Uint8Array.prototype, {
  toHex(this: Uint8Array) {
    return Buffer.from(this).toString('hex');
  },
});
