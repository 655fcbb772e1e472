import { createPlatformDetector } from './barcode-detector.ts';
import type { DecodeReply, DecodeRequest } from './decode-message.ts';
import type { FramePlan } from './frame-plan.ts';

/** One kind of reader, best first. A further kind (a WebAssembly reader, say) is one more row. */
interface DecodeStage {
  readonly name: string;
  isUsable(): Promise<boolean>;
  createWorker(): Worker;
}

const STAGES: readonly DecodeStage[] = [
  {
    name: 'platform',
    isUsable: async () => (await createPlatformDetector()) !== undefined,
    createWorker: () => new Worker(new URL('./platform-worker.ts', import.meta.url), { type: 'module' }),
  },
  {
    name: 'zxing',
    isUsable: async () => true,
    createWorker: () => new Worker(new URL('./zxing-worker.ts', import.meta.url), { type: 'module' }),
  },
];

/** A worker that has not answered in this long is taken for dead (the first answer includes loading it). */
const ANSWER_TIMEOUT_MS = 10_000;

/** Reads codes off the main thread, one picture at a time, with the best reader this device has. */
export class Decoder {
  readonly #stages = [...STAGES];
  #worker: Worker | undefined;
  #nextId = 1;

  /** Starts the worker before the first frame is there. */
  async warmUp(): Promise<void> {
    await this.#readyWorker();
  }

  /**
   * Takes the picture over (it is closed afterwards). Callers wait for the answer before they hand in the next.
   * @returns status `broken` when no reader works on this device
   */
  async decode(picture: ImageBitmap, plan: FramePlan): Promise<DecodeReply> {
    const worker = await this.#readyWorker();
    const request: DecodeRequest = { id: this.#nextId++, picture, plan };
    if (!worker) {
      picture.close();
      return { id: request.id, status: 'broken', texts: [], isDark: false };
    }
    const reply = await ask(worker, request);
    if (reply.status === 'broken') this.#dropStage();
    // The next picture goes to the next kind of reader; until there is none, this is not the end.
    return reply.status === 'broken' && this.#stages.length > 0 ? { ...reply, status: 'nothing' } : reply;
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #readyWorker(): Promise<Worker | undefined> {
    while (!this.#worker) {
      const stage = this.#stages[0];
      if (!stage) return undefined;
      if (await stage.isUsable()) this.#worker ??= stage.createWorker();
      else if (this.#stages[0] === stage) this.#stages.shift();
    }
    return this.#worker;
  }

  #dropStage(): void {
    this.close();
    this.#stages.shift();
  }
}

function ask(worker: Worker, request: DecodeRequest): Promise<DecodeReply> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    const finish = (reply: DecodeReply) => {
      clearTimeout(timer);
      listening.abort();
      resolve(reply);
    };
    const broken: DecodeReply = { id: request.id, status: 'broken', texts: [], isDark: false };
    const timer = setTimeout(() => finish(broken), ANSWER_TIMEOUT_MS);
    worker.addEventListener('error', () => finish(broken), { signal });
    worker.addEventListener('messageerror', () => finish(broken), { signal });
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<DecodeReply>) => {
        if (data.id === request.id) finish(data);
      },
      { signal },
    );
    worker.postMessage(request, [request.picture]);
  });
}
