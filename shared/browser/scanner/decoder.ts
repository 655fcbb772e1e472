import { createPlatformDetector } from './barcode-detector.ts';
import type { DecodeReply, DecodeRequest, LoadNotice } from './decode-message.ts';
import type { FramePlan } from './frame-plan.ts';

/** One kind of reader. */
interface DecodeStage {
  readonly name: string;
  isUsable(): Promise<boolean>;
  createWorker(): Worker;
}

const PLATFORM: DecodeStage = {
  name: 'platform',
  isUsable: async () => (await createPlatformDetector()) !== undefined,
  createWorker: () => new Worker(new URL('./platform-worker.ts', import.meta.url), { type: 'module' }),
};

const ZXING: DecodeStage = {
  name: 'zxing',
  isUsable: async () => true,
  createWorker: () => new Worker(new URL('./zxing-worker.ts', import.meta.url), { type: 'module' }),
};

/** zxing-cpp in WebAssembly. It has a megabyte to load, from the service worker's cache. */
const THOROUGH: DecodeStage = {
  name: 'thorough',
  isUsable: async () => typeof WebAssembly === 'object',
  createWorker: () => new Worker(new URL('./thorough-worker.ts', import.meta.url), { type: 'module' }),
};

/**
 * Which reader starts: the first that is usable here. One that turns out broken makes way for the next.
 *
 * The platform's detector is first: it costs nothing to load and is made for the device. When frames stay unread for a second
 * (UnreadWatch), the thorough reader is called in and they take turns; which of the two is better is not known everywhere.
 *
 * Where there is none, zxing reads only until the thorough reader is there, which is called as soon as the scanner opens, while
 * the camera starts. Measured on two codes in turn (`npm run bench -- --optical`, 200 showings of each kind): zxing leaves 1
 * to 27 of 100 unread within six seconds, zxing-cpp one of all 1,600, in a median of 0.2 s instead of 0.35 to 1.07, at half
 * the time a frame. To wait for an unread second first costs every hard showing that second (95 of 100 in 1.45 to 2.0 s
 * instead of 0.5 to 0.6). So zxing reads while the other loads, and where it cannot be loaded.
 */
const STAGES: readonly DecodeStage[] = [PLATFORM, ZXING, THOROUGH];

/** A worker that has not answered in this long is taken for dead (the first answer includes loading it). */
const ANSWER_TIMEOUT_MS = 10_000;

/** Reads codes off the main thread, one picture at a time, with the best reader this device has. */
export class Decoder {
  readonly #stages = [...STAGES];
  #worker: Worker | undefined;
  #thorough: Worker | undefined;
  #thoroughLoading: Promise<boolean> | undefined;
  #isClosed = false;
  #nextId = 1;

  /** Starts the workers before the first frame is there. */
  async warmUp(): Promise<void> {
    await this.#readyWorker();
    if (this.#stages[0] === ZXING) void this.callThoroughReader();
  }

  /**
   * Whether the next picture goes to the thorough reader: plan it for that one. Beside the platform's detector, which may be as
   * good, they take turns.
   */
  get isThorough(): boolean {
    const [current] = this.#stages;
    if (current === THOROUGH) return true;
    return this.#thorough !== undefined && (current !== PLATFORM || this.#nextId % 2 === 0);
  }

  /**
   * Loads the thorough reader beside the present one, which goes on meanwhile. From then on it reads.
   * @returns whether it is there; a device that cannot load it is not asked again
   */
  callThoroughReader(): Promise<boolean> {
    this.#thoroughLoading ??= this.#loadThorough();
    return this.#thoroughLoading;
  }

  /**
   * Takes the picture over (it is closed afterwards). Callers wait for the answer before they hand in the next.
   * @returns status `broken` when no reader works on this device
   */
  async decode(picture: ImageBitmap, plan: FramePlan): Promise<DecodeReply> {
    const worker = (this.isThorough && this.#thorough) || (await this.#readyWorker());
    const request: DecodeRequest = { id: this.#nextId++, picture, plan };
    if (!worker) {
      picture.close();
      return { id: request.id, status: 'broken', texts: [], isDark: false };
    }
    const reply = await ask(worker, request);
    if (reply.status !== 'broken') return reply;
    this.#drop(worker);
    // The next picture goes to the next kind of reader; until there is none, this is not the end.
    return this.#stages.length > 0 ? { ...reply, status: 'nothing' } : reply;
  }

  close(): void {
    this.#isClosed = true;
    this.#worker?.terminate();
    this.#thorough?.terminate();
    this.#worker = undefined;
    this.#thorough = undefined;
  }

  async #readyWorker(): Promise<Worker | undefined> {
    while (!this.#worker) {
      const stage = this.#stages[0];
      if (!stage) return undefined;
      if (await stage.isUsable()) this.#worker ??= startWorker(stage);
      else if (this.#stages[0] === stage) this.#stages.shift();
    }
    return this.#worker;
  }

  async #loadThorough(): Promise<boolean> {
    await this.#readyWorker();
    if (this.#stages[0] === THOROUGH) return true;
    if (!(await THOROUGH.isUsable())) return false;
    const worker = startWorker(THOROUGH);
    const isReady = await isLoaded(worker);
    if (isReady && !this.#isClosed) this.#thorough = worker;
    else worker.terminate();
    return isReady;
  }

  #drop(worker: Worker): void {
    worker.terminate();
    if (worker === this.#thorough) {
      // What read before it reads on; it is not tried again, neither now nor as the last in the row.
      this.#thorough = undefined;
      this.#stages.splice(this.#stages.indexOf(THOROUGH), 1);
    } else {
      this.#worker = undefined;
      this.#stages.shift();
    }
  }
}

/** Workers whose script did not load or broke down; that may be told before anybody asks them. */
const lost = new WeakSet<Worker>();

function startWorker(stage: DecodeStage): Worker {
  const worker = stage.createWorker();
  worker.addEventListener('error', () => lost.add(worker));
  return worker;
}

function ask(worker: Worker, request: DecodeRequest): Promise<DecodeReply> {
  const broken: DecodeReply = { id: request.id, status: 'broken', texts: [], isDark: false };
  const answer = nextMessage<DecodeReply>(worker, (reply) => reply.id === request.id);
  worker.postMessage(request, [request.picture]);
  return answer.then((reply) => reply ?? broken);
}

async function isLoaded(worker: Worker): Promise<boolean> {
  const notice = await nextMessage<LoadNotice>(worker, ({ status }) => status === 'ready' || status === 'failed');
  return notice?.status === 'ready';
}

/** @returns the first message that is meant, or undefined when the worker fails or stays silent */
function nextMessage<Message>(worker: Worker, isMeant: (message: Message) => boolean): Promise<Message | undefined> {
  return new Promise((resolve) => {
    if (lost.has(worker)) return resolve(undefined);
    const listening = new AbortController();
    const { signal } = listening;
    const finish = (message?: Message) => {
      clearTimeout(timer);
      listening.abort();
      resolve(message);
    };
    const timer = setTimeout(finish, ANSWER_TIMEOUT_MS);
    worker.addEventListener('error', () => finish(), { signal });
    worker.addEventListener('messageerror', () => finish(), { signal });
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Message>) => {
        if (isMeant(data)) finish(data);
      },
      { signal },
    );
  });
}
