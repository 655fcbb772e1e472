import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DecodeReply, DecodeRequest, LoadNotice } from '../../../../shared/browser/scanner/decode-message.ts';
import { Decoder } from '../../../../shared/browser/scanner/decoder.ts';
import { planImage } from '../../../../shared/browser/scanner/frame-plan.ts';

type Kind = 'platform' | 'zxing' | 'thorough';

/** What each kind of worker says on this device; `load` only of those that load something. */
interface Device {
  /** The script of zxing's worker cannot be fetched. */
  readonly isZxingLost?: boolean;
  /** Left out where the platform has no detector. */
  readonly platform?: DecodeReply['status'];
  readonly zxing: DecodeReply['status'];
  readonly thorough: DecodeReply['status'];
  readonly load: LoadNotice['status'] | 'error';
}

const [plan] = planImage({ width: 8, height: 8 });

/** Node has no workers like a browser's: these answer as the device says, and note who was asked and who still lives. */
function installWorkers(device: Device) {
  const asked: Kind[] = [];
  const alive = new Set<EventTarget>();
  class DeviceWorker extends EventTarget {
    readonly #kind: Kind;

    constructor(url: URL) {
      super();
      this.#kind = /\/(\w+)-worker\.ts$/.exec(url.pathname)![1] as Kind;
      alive.add(this);
      if (this.#kind === 'zxing' && device.isZxingLost) setTimeout(() => this.dispatchEvent(new Event('error')));
      if (this.#kind !== 'thorough') return;
      setTimeout(() =>
        device.load === 'error' ? this.dispatchEvent(new Event('error')) : this.#say({ status: device.load }),
      );
    }

    postMessage({ id, picture }: DecodeRequest): void {
      asked.push(this.#kind);
      picture.close();
      if (this.#kind === 'zxing' && device.isZxingLost) return;
      const status = device[this.#kind] ?? 'broken';
      setTimeout(() => this.#say({ id, status, texts: status === 'read' ? [this.#kind] : [], isDark: false }));
    }

    terminate(): void {
      alive.delete(this);
    }

    #say(data: DecodeReply | LoadNotice): void {
      this.dispatchEvent(new MessageEvent('message', { data }));
    }
  }
  vi.stubGlobal('Worker', DeviceWorker);
  const formats = async () => (device.platform ? ['qr_code'] : []);
  vi.stubGlobal('BarcodeDetector', Object.assign(class {}, { getSupportedFormats: formats }));
  return { asked, alive };
}

function decode(decoder: Decoder): Promise<DecodeReply> {
  return decoder.decode({ close: () => undefined } as ImageBitmap, plan!);
}

describe('Decoder', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('starts with the platform’s detector, and calls no other before it is asked to', async () => {
    const { asked, alive } = installWorkers({ platform: 'nothing', zxing: 'read', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    await decoder.warmUp();
    await decode(decoder);
    await decode(decoder);
    expect(asked).toEqual(['platform', 'platform']);
    expect(alive.size).toBe(1);
    expect(decoder.isThorough).toBe(false);
  });

  it('lets the platform’s detector and the thorough reader take turns, and says whose turn it is', async () => {
    const { asked } = installWorkers({ platform: 'nothing', zxing: 'read', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    await decoder.callThoroughReader();
    const announced: Kind[] = [];
    for (let count = 0; count < 4; count++) {
      announced.push(decoder.isThorough ? 'thorough' : 'platform');
      await decode(decoder);
    }
    expect(asked).toEqual(announced);
    expect(new Set(asked.slice(0, 2))).toEqual(new Set(['platform', 'thorough']));
    expect(asked.slice(2)).toEqual(asked.slice(0, 2));
  });

  it('calls the thorough reader at once where the platform has no detector', async () => {
    const { alive } = installWorkers({ zxing: 'nothing', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    await decoder.warmUp();
    expect(await decoder.callThoroughReader()).toBe(true);
    expect(alive.size).toBe(2);
    expect((await decode(decoder)).texts).toEqual(['thorough']);
  });

  it('goes on reading while the thorough reader loads, and hands over when it is there', async () => {
    const { asked } = installWorkers({ zxing: 'nothing', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    const calling = decoder.callThoroughReader();
    await decode(decoder);
    expect(await calling).toBe(true);
    expect(decoder.isThorough).toBe(true);
    expect((await decode(decoder)).texts).toEqual(['thorough']);
    expect(asked).toEqual(['zxing', 'thorough']);
  });

  it.each(['failed', 'error'] as const)(
    'stays with what reads where the thorough one cannot load: %s',
    async (load) => {
      const { asked, alive } = installWorkers({ zxing: 'read', thorough: 'broken', load });
      const decoder = new Decoder();
      await decode(decoder);
      expect(await decoder.callThoroughReader()).toBe(false);
      expect(await decoder.callThoroughReader()).toBe(false);
      expect((await decode(decoder)).texts).toEqual(['zxing']);
      expect(asked).toEqual(['zxing', 'zxing']);
      expect(alive.size).toBe(1);
    },
  );

  it('goes back when the thorough reader breaks down', async () => {
    installWorkers({ zxing: 'read', thorough: 'broken', load: 'ready' });
    const decoder = new Decoder();
    await decoder.callThoroughReader();
    expect((await decode(decoder)).status).toBe('nothing');
    expect(decoder.isThorough).toBe(false);
    expect((await decode(decoder)).texts).toEqual(['zxing']);
  });

  it('falls to the thorough reader when every other is broken, and says so when that is too', async () => {
    const good = installWorkers({ zxing: 'broken', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    expect((await decode(decoder)).status).toBe('nothing');
    expect((await decode(decoder)).texts).toEqual(['thorough']);
    expect(decoder.isThorough).toBe(true);
    expect(good.alive.size).toBe(1);

    installWorkers({ zxing: 'broken', thorough: 'broken', load: 'failed' });
    const lost = new Decoder();
    expect((await decode(lost)).status).toBe('nothing');
    expect((await decode(lost)).status).toBe('broken');
    expect((await decode(lost)).status).toBe('broken');
  });

  it('does not wait for a worker that was lost before it was asked', async () => {
    installWorkers({ isZxingLost: true, zxing: 'read', thorough: 'read', load: 'failed' });
    const decoder = new Decoder();
    await decoder.warmUp();
    expect(await decoder.callThoroughReader()).toBe(false);
    const started = performance.now();
    expect((await decode(decoder)).status).toBe('nothing');
    expect((await decode(decoder)).texts).toEqual(['thorough']);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('leaves no worker behind when it is closed, not even one that is still loading', async () => {
    const { alive } = installWorkers({ zxing: 'read', thorough: 'read', load: 'ready' });
    const decoder = new Decoder();
    await decode(decoder);
    const calling = decoder.callThoroughReader();
    decoder.close();
    await calling;
    expect(alive.size).toBe(0);
  });
});
