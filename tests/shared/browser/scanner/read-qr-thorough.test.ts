import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadThoroughReader, readQrThoroughly } from '../../../../shared/browser/scanner/read-qr-thorough.ts';
import { type RenderOptions, renderCode } from './render-code.ts';

/** As long as one of two codes in turn gets: version 14 at level L. */
const text = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(20);

function read(options: RenderOptions = {}, isInverted = false) {
  return readQrThoroughly(renderCode(text, options), { isInverted });
}

describe('readQrThoroughly', () => {
  beforeAll(async () => {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    await loadThoroughReader({ wasmBinary: new Uint8Array(readFileSync(file)).buffer });
  });

  it.each([
    ['upright', {}],
    ['turned', { rotationDegrees: 33 }],
    ['upside down', { rotationDegrees: 180 }],
    ['with modules of three pixels', { modulePx: 3 }],
    ['blurred', { modulePx: 5, blurPx: 2 }],
    ['in poor light', { dark: 30, light: 60 }],
  ] satisfies [string, RenderOptions][])('reads a code at the first look: %s', async (_, options) => {
    expect(await read(options)).toEqual({ status: 'read', texts: [text] });
  });

  it('reads white on black only when it looks for that', async () => {
    expect((await read({ isInverted: true })).status).not.toBe('read');
    expect(await read({ isInverted: true }, true)).toEqual({ status: 'read', texts: [text] });
  });

  it('reads every code in the picture', async () => {
    const [left, right] = [renderCode(`${text}A`), renderCode(`${text}B`)];
    const width = left.width + right.width;
    const data = new Uint8ClampedArray(width * left.height * 4).fill(255);
    for (let y = 0; y < left.height; y++) {
      data.set(left.data.subarray(y * left.width * 4, (y + 1) * left.width * 4), y * width * 4);
      data.set(right.data.subarray(y * right.width * 4, (y + 1) * right.width * 4), (y * width + left.width) * 4);
    }
    const reading = await readQrThoroughly({ data, width, height: left.height }, { isInverted: false });
    expect(reading.status === 'read' && [...reading.texts].sort()).toEqual([`${text}A`, `${text}B`]);
  });

  it('tells a code it cannot read from no code at all', async () => {
    const { data, width, height } = renderCode(text, { modulePx: 6 });
    // A hand over the middle: the corners are there, the text is not.
    for (let y = Math.floor(height * 0.35); y < height * 0.65; y++)
      data.fill(255, (y * width + Math.floor(width * 0.2)) * 4, (y * width + Math.floor(width * 0.9)) * 4);
    expect(await readQrThoroughly({ data, width, height }, { isInverted: false })).toEqual({ status: 'unreadable' });
    const blank = { data: new Uint8ClampedArray(width * height * 4).fill(200), width, height };
    expect(await readQrThoroughly(blank, { isInverted: false })).toEqual({ status: 'nothing' });
  });
});
