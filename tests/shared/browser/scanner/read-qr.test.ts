import { randomBytes } from 'node:crypto';
import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { planImage } from '../../../../shared/browser/scanner/frame-plan.ts';
import { toLuminance } from '../../../../shared/browser/scanner/luminance.ts';
import { type QrReading, readQr } from '../../../../shared/browser/scanner/read-qr.ts';
import { cutLuminance } from './cut-luminance.ts';
import { type RenderOptions, renderCode } from './render-code.ts';

/** As long as a till's code is: version 15 at level L. */
const posCode = `https://pay.example.org/wallet/p/${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(20).slice(0, 636)}`;

/** A code with a payload that is as good as random, the same in every run. */
function createPosCode(length: number, seed: number): string {
  let state = seed + 1;
  const letters = Array.from({ length }, () => {
    // Numerical Recipes' linear congruential generator; its upper bits are even enough here.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[state >>> 27];
  });
  return `https://pay.example.org/wallet/p/${letters.join('')}`;
}

function read(text: string, options: RenderOptions = {}, isInverted = false): QrReading {
  return readQr(toLuminance(renderCode(text, options)), { isTryHarder: true, isInverted });
}

describe('readQr', () => {
  it('reads a code as large as a till shows', () => {
    expect(create(posCode, { errorCorrectionLevel: 'L' }).version).toBeGreaterThanOrEqual(13);
    expect(create(posCode, { errorCorrectionLevel: 'L' }).version).toBeLessThanOrEqual(15);
    expect(read(posCode)).toEqual({ status: 'read', text: posCode });
  });

  it.each([0, 2, 7, 15, 30, 45, 60, 90, 135, 180, 270])('reads codes turned by %i degrees in four looks', (degrees) => {
    for (const [modulePx, length] of [
      [4, 300],
      [5, 636],
      [7, 636],
    ] as const) {
      const text = createPosCode(length, degrees + modulePx);
      const picture = toLuminance(renderCode(text, { modulePx, rotationDegrees: degrees }));
      const readings = planImage(picture)
        .slice(0, 4)
        .map((plan) => readQr(cutLuminance(picture, plan), plan));
      expect(readings).toContainEqual({ status: 'read', text });
      // Whatever else the looks saw, none of them read something that is not there.
      expect(readings.filter((reading) => reading.status === 'read' && reading.text !== text)).toEqual([]);
    }
  });

  it.each([
    ['modules of three pixels', { modulePx: 3 }],
    ['blurred', { modulePx: 6, blurPx: 2 }],
    ['in poor light', { dark: 30, light: 70 }],
    ['against the sun', { dark: 170, light: 250 }],
  ] satisfies [string, RenderOptions][])('reads a code: %s', (_, options) => {
    expect(read(posCode, options)).toEqual({ status: 'read', text: posCode });
  });

  it('reads white on black when it looks for that', () => {
    expect(read('TANDEM', { isInverted: true }, true)).toEqual({ status: 'read', text: 'TANDEM' });
    expect(read('TANDEM', { isInverted: true }).status).not.toBe('read');
  });

  it('sees that a code is there when it cannot be read', () => {
    const picture = renderCode(posCode, { modulePx: 6 });
    // A thumb over the middle: far more than level L repairs.
    for (let y = 150; y < 400; y++)
      picture.data.fill(128, (y * picture.width + 150) * 4, (y * picture.width + 420) * 4);
    expect(readQr(toLuminance(picture), { isTryHarder: true, isInverted: false })).toEqual({ status: 'unreadable' });
  });

  it('finds nothing in noise, and survives pictures of a pixel', () => {
    for (let round = 0; round < 20; round++) {
      const side = 40 + round * 7;
      const noise = { values: new Uint8ClampedArray(randomBytes(side * side)), width: side, height: side };
      expect(readQr(noise, { isTryHarder: true, isInverted: round % 2 === 0 }).status).not.toBe('read');
    }
    const pixel = { values: new Uint8ClampedArray([0]), width: 1, height: 1 };
    expect(readQr(pixel, { isTryHarder: false, isInverted: false }).status).toBe('nothing');
  });
});
