import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRAME_SIDE_PX_MAX,
  planFrame,
  planImage,
  planThoroughFrame,
  planThoroughImage,
} from '../../../../shared/browser/scanner/frame-plan.ts';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 8000 }), height: fc.integer({ min: 1, max: 8000 }) });
const hd = { width: 1920, height: 1080 };

describe('planFrame', () => {
  it('looks at the guide first, then at everything', () => {
    expect(planFrame(0, hd, 'camera')).toMatchObject({ cropX: 528, cropY: 108, cropWidth: 864, cropHeight: 864 });
    expect(planFrame(1, hd, 'camera')).toMatchObject({
      cropX: 0,
      cropY: 0,
      cropWidth: 1920,
      outWidth: 1280,
      outHeight: 720,
    });
  });

  it('looks in every other way within ten frames, at the guide and at everything', () => {
    const plans = Array.from({ length: 10 }, (_, index) => planFrame(index, hd, 'camera'));
    const ways = new Set(
      plans.map(({ outWidth, turnDegrees, isInverted }) => `${outWidth}/${turnDegrees}/${isInverted}`),
    );
    expect(ways.size).toBe(10);
    expect(plans.filter(({ isTryHarder }) => isTryHarder)).toHaveLength(4);
    expect(plans.filter(({ isInverted }) => isInverted)).toHaveLength(2);
    expect(planFrame(10, hd, 'camera')).toEqual(plans[0]);
  });

  it('looks at a screen whole and then at each of its quarters, which overlap', () => {
    const plans = Array.from({ length: 5 }, (_, index) => planFrame(index, { width: 2560, height: 1440 }, 'screen'));
    expect(plans[0]).toMatchObject({ cropWidth: 2560, outWidth: FRAME_SIDE_PX_MAX });
    expect(plans.slice(1).map(({ cropX, cropY }) => [cropX, cropY])).toEqual([
      [0, 0],
      [1024, 0],
      [0, 576],
      [1024, 576],
    ]);
    expect(plans[1]?.cropWidth).toBe(1536);
  });

  it('never leaves the frame, never enlarges, and never exceeds the bound', () => {
    fc.assert(
      fc.property(sizes, fc.nat(100), fc.constantFrom('camera', 'screen'), (size, index, source) => {
        const plans = [
          planFrame(index, size, source),
          planThoroughFrame(index, size, source),
          ...planImage(size),
          ...planThoroughImage(size),
        ];
        for (const plan of plans) {
          expect(plan.cropX).toBeGreaterThanOrEqual(0);
          expect(plan.cropY).toBeGreaterThanOrEqual(0);
          expect(plan.cropX + plan.cropWidth).toBeLessThanOrEqual(size.width);
          expect(plan.cropY + plan.cropHeight).toBeLessThanOrEqual(size.height);
          expect(Math.max(plan.outWidth, plan.outHeight)).toBeLessThanOrEqual(FRAME_SIDE_PX_MAX);
          expect(plan.outWidth).toBeLessThanOrEqual(Math.max(1, plan.cropWidth));
          expect(Math.min(plan.outWidth, plan.outHeight)).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});

describe('planThoroughFrame', () => {
  const plansFor = (size: typeof hd) =>
    Array.from({ length: 40 }, (_, index) => planThoroughFrame(index, size, 'camera'));

  it('looks at everything and at the guide in turn, upright', () => {
    expect(
      plansFor(hd)
        .map(({ cropWidth }) => cropWidth)
        .slice(0, 4),
    ).toEqual([1920, 864, 1920, 864]);
    expect(plansFor(hd).every(({ turnDegrees, outWidth }) => turnDegrees === 0 && outWidth >= 864)).toBe(true);
  });

  it('looks at everything only, where the whole frame is as sharp as any part of it', () => {
    expect(plansFor({ width: 1280, height: 720 }).every(({ cropWidth }) => cropWidth === 1280)).toBe(true);
  });

  it('looks for white on black too, in every part, but not first', () => {
    expect(
      plansFor(hd)
        .slice(0, 10)
        .some(({ isInverted }) => isInverted),
    ).toBe(false);
    const inverted = plansFor(hd).filter(({ isInverted }) => isInverted);
    expect(new Set(inverted.map(({ cropWidth }) => cropWidth)).size).toBe(2);
  });

  it('looks at every part of a screen', () => {
    const plans = Array.from({ length: 5 }, (_, index) => planThoroughFrame(index, hd, 'screen'));
    expect(new Set(plans.map(({ cropX, cropY, cropWidth }) => `${cropX}/${cropY}/${cropWidth}`)).size).toBe(5);
  });
});

describe('planThoroughImage', () => {
  it('looks at all of a picture, at its middle, and at its quarters when it is large', () => {
    expect(planThoroughImage({ width: 640, height: 480 })).toHaveLength(2);
    expect(planThoroughImage({ width: 4000, height: 3000 })).toHaveLength(6);
  });
});
