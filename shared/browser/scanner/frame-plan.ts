/** The longest side handed to the decoder. A version 15 code filling half of it has 7 px a module: more only costs time. */
export const FRAME_SIDE_PX_MAX = 1280;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** What to cut out of a frame, how large and how turned to hand it over, and how hard to look. */
export interface FramePlan {
  readonly cropX: number;
  readonly cropY: number;
  readonly cropWidth: number;
  readonly cropHeight: number;
  readonly outWidth: number;
  readonly outHeight: number;
  /** The cut is turned about its middle, and made small enough to stay whole. */
  readonly turnDegrees: number;
  readonly isTryHarder: boolean;
  readonly isInverted: boolean;
}

type Crop = Pick<FramePlan, 'cropX' | 'cropY' | 'cropWidth' | 'cropHeight'>;

interface Look {
  readonly scale: number;
  readonly turnDegrees?: number;
  readonly isTryHarder?: boolean;
  readonly isInverted?: boolean;
}

/**
 * zxing's locator misses some perfect pictures: where the corners of a code lie on the pixel grid decides (measured: 40 % of
 * upright version 15 codes of 7 px a module). Which ones changes with size and angle, so the same frame is worth another
 * look at another size and turned a little. Of 180 codes at five angles and three sizes the first look read 149, the
 * first four together all.
 */
const PLAIN: Look = { scale: 1 };
const SMALLER_TURNED: Look = { scale: 0.8, turnDegrees: 5 };
const SMALL: Look = { scale: 0.65, isTryHarder: true };
const FAR_TURNED: Look = { scale: 1, turnDegrees: 30, isTryHarder: true };
const INVERTED: Look = { scale: 1, isInverted: true };

/** The whole frame and the guide's part of it in turn; what is rare comes late. */
const CAMERA_LOOKS: readonly Look[] = [PLAIN, SMALLER_TURNED, SMALL, FAR_TURNED, INVERTED];
const SCREEN_LOOKS: readonly Look[] = [PLAIN, SMALLER_TURNED, SMALL];
const IMAGE_LOOKS: readonly Look[] = [
  PLAIN,
  SMALLER_TURNED,
  SMALL,
  FAR_TURNED,
  { scale: 0.45, isTryHarder: true },
  { scale: 0.9, turnDegrees: -10, isTryHarder: true },
  INVERTED,
  { ...SMALLER_TURNED, isInverted: true },
  { scale: 0.3, isTryHarder: true },
];

/** Of the thorough reader's rounds over a frame's parts, every so many looks for white on black as well. */
const INVERTED_EVERY = 8;

/** Share of the short side that the square guide covers, with a margin for a hand that does not aim well. */
const GUIDE_SHARE = 0.8;
/** Each quarter of a screen overlaps its neighbours, so that a code on the seam is whole in one of them. */
const QUARTER_SHARE = 0.6;

/**
 * Decides what to look at in frame number `frameIndex`.
 *
 * - camera: the guide's square and the whole frame in turn, each pair another way of looking
 * - screen: the whole picture, then its quarters at full sharpness, because a code may be small and anywhere on it
 */
export function planFrame(frameIndex: number, size: FrameSize, source: 'camera' | 'screen'): FramePlan {
  if (source === 'screen') {
    const crops = [whole(size), ...quarters(size)];
    const look = SCREEN_LOOKS[Math.floor(frameIndex / crops.length) % SCREEN_LOOKS.length] as Look;
    return cut(crops[frameIndex % crops.length] as Crop, look);
  }
  const look = CAMERA_LOOKS[Math.floor(frameIndex / 2) % CAMERA_LOOKS.length] as Look;
  return cut(frameIndex % 2 === 0 ? guide(size) : whole(size), look);
}

/** The looks taken at a still picture, best first. There is time for all of them. */
export function planImage(size: FrameSize): readonly FramePlan[] {
  const parts = isLarge(size) ? [guide(size), ...quarters(size)] : [guide(size)];
  return [
    ...IMAGE_LOOKS.map((look) => cut(whole(size), look)),
    ...[PLAIN, SMALLER_TURNED, SMALL].flatMap((look) => parts.map((part) => cut(part, look))),
  ];
}

/**
 * What the thorough reader looks at: upright, as it tries sizes and angles itself. The guide's part only where the frame is so
 * large that the whole of it has to be shrunk; a code that fills the picture is cut off by it (measured: 42 % of codes that
 * cover 45 to 80 % of the height are read in it, 90 % in the whole).
 */
export function planThoroughFrame(frameIndex: number, size: FrameSize, source: 'camera' | 'screen'): FramePlan {
  const crops =
    source === 'screen' ? [whole(size), ...quarters(size)] : isLarge(size) ? [whole(size), guide(size)] : [whole(size)];
  // White on black comes last and seldom: it doubles the time.
  const isInverted = Math.floor(frameIndex / crops.length) % INVERTED_EVERY === INVERTED_EVERY - 1;
  return cut(crops[frameIndex % crops.length] as Crop, { ...PLAIN, isInverted });
}

export function planThoroughImage(size: FrameSize): readonly FramePlan[] {
  const parts = isLarge(size) ? [whole(size), guide(size), ...quarters(size)] : [whole(size), guide(size)];
  return parts.map((part) => cut(part, { ...PLAIN, isInverted: true }));
}

function isLarge({ width, height }: FrameSize): boolean {
  return Math.max(width, height) > FRAME_SIDE_PX_MAX;
}

function whole({ width, height }: FrameSize): Crop {
  return { cropX: 0, cropY: 0, cropWidth: width, cropHeight: height };
}

function guide({ width, height }: FrameSize): Crop {
  const sidePx = Math.max(1, Math.round(Math.min(width, height) * GUIDE_SHARE));
  return {
    cropX: Math.floor((width - sidePx) / 2),
    cropY: Math.floor((height - sidePx) / 2),
    cropWidth: sidePx,
    cropHeight: sidePx,
  };
}

function quarters({ width, height }: FrameSize): readonly Crop[] {
  const cropWidth = Math.max(1, Math.round(width * QUARTER_SHARE));
  const cropHeight = Math.max(1, Math.round(height * QUARTER_SHARE));
  return [0, 1, 2, 3].map((quarter) => ({
    cropX: quarter % 2 === 0 ? 0 : width - cropWidth,
    cropY: quarter < 2 ? 0 : height - cropHeight,
    cropWidth,
    cropHeight,
  }));
}

function cut(crop: Crop, { scale, turnDegrees = 0, isTryHarder = false, isInverted = false }: Look): FramePlan {
  const fit = Math.min(1, FRAME_SIDE_PX_MAX / Math.max(crop.cropWidth, crop.cropHeight)) * scale;
  return {
    ...crop,
    outWidth: Math.max(1, Math.round(crop.cropWidth * fit)),
    outHeight: Math.max(1, Math.round(crop.cropHeight * fit)),
    turnDegrees,
    isTryHarder,
    isInverted,
  };
}
