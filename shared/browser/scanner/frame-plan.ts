/** The longest side handed to the decoder. A version 15 code filling half of it has 7 px a module: more only costs time. */
export const FRAME_SIDE_PX_MAX = 1280;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** What to cut out of a frame, how large to hand it over, and how hard to look. */
export interface FramePlan {
  readonly cropX: number;
  readonly cropY: number;
  readonly cropWidth: number;
  readonly cropHeight: number;
  readonly outWidth: number;
  readonly outHeight: number;
  readonly isTryHarder: boolean;
  readonly isInverted: boolean;
}

/** Share of the short side that the square guide covers, with a margin for a hand that does not aim well. */
const CENTRE_SHARE = 0.8;
/** Each quarter of a screen overlaps its neighbours, so that a code on the seam is whole in one of them. */
const QUARTER_SHARE = 0.6;

/**
 * Decides what to look at in frame number `frameIndex`. Cheap looks come often, dear ones every few frames, so that an
 * ordinary code is found in the first two frames and an awkward one within a second.
 *
 * - camera: centre square and whole frame in turn; every fourth look tries harder, every eighth inverted
 * - screen: whole picture, then its quarters at full sharpness, because a code may be small and anywhere on it
 */
export function planFrame(frameIndex: number, size: FrameSize, source: 'camera' | 'screen'): FramePlan {
  if (source === 'screen') return planScreenFrame(frameIndex, size);
  // Pairs (centre, whole): the third pair tries harder, the fourth is inverted.
  const step = frameIndex % 8;
  const isTryHarder = step === 4 || step === 5;
  const isInverted = step === 6 || step === 7;
  if (step % 2 === 1) return whole(size, isTryHarder, isInverted);
  const sidePx = Math.round(Math.min(size.width, size.height) * CENTRE_SHARE);
  return cut(
    Math.round((size.width - sidePx) / 2),
    Math.round((size.height - sidePx) / 2),
    sidePx,
    sidePx,
    isTryHarder,
    isInverted,
  );
}

function planScreenFrame(frameIndex: number, size: FrameSize): FramePlan {
  const step = frameIndex % 10;
  const isTryHarder = step >= 5;
  if (step % 5 === 0) return whole(size, isTryHarder, false);
  const quarter = (step % 5) - 1;
  const width = Math.round(size.width * QUARTER_SHARE);
  const height = Math.round(size.height * QUARTER_SHARE);
  const x = quarter % 2 === 0 ? 0 : size.width - width;
  const y = quarter < 2 ? 0 : size.height - height;
  return cut(x, y, width, height, isTryHarder, false);
}

/** The looks taken at a still picture, best first. There is time for all of them. */
export function planImage(size: FrameSize): readonly FramePlan[] {
  const centrePx = Math.round(Math.min(size.width, size.height) * CENTRE_SHARE);
  const x = Math.round((size.width - centrePx) / 2);
  const y = Math.round((size.height - centrePx) / 2);
  const looks = [
    whole(size, false, false),
    whole(size, true, false),
    // Small pictures of big modules are found better blurred, large ones better shrunk: both ways of the same remedy.
    whole(size, true, false, FRAME_SIDE_PX_MAX / 2),
    cut(x, y, centrePx, centrePx, true, false),
    whole(size, true, true),
    whole(size, true, false, FRAME_SIDE_PX_MAX / 3.2),
  ];
  if (Math.max(size.width, size.height) > FRAME_SIDE_PX_MAX) {
    for (let step = 6; step < 10; step++) looks.push(planScreenFrame(step, size));
  }
  return looks;
}

function whole(size: FrameSize, isTryHarder: boolean, isInverted: boolean, sidePxMax?: number): FramePlan {
  return cut(0, 0, size.width, size.height, isTryHarder, isInverted, sidePxMax);
}

function cut(
  cropX: number,
  cropY: number,
  cropWidth: number,
  cropHeight: number,
  isTryHarder: boolean,
  isInverted: boolean,
  sidePxMax = FRAME_SIDE_PX_MAX,
): FramePlan {
  const scale = Math.min(1, sidePxMax / Math.max(cropWidth, cropHeight));
  return {
    cropX,
    cropY,
    cropWidth,
    cropHeight,
    outWidth: Math.max(1, Math.round(cropWidth * scale)),
    outHeight: Math.max(1, Math.round(cropHeight * scale)),
    isTryHarder,
    isInverted,
  };
}
