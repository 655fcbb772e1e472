/** How the phone lies before the camera at one moment. */
export interface Pose {
  /** Middle of the code, in pixels of the picture. */
  readonly centreX: number;
  readonly centreY: number;
  /** Side of the code (without quiet zone) where it faces the camera, in pixels. */
  readonly sidePx: number;
  /** Radians: turn in the picture, and lean about the two axes of the screen. */
  readonly turn: number;
  readonly leanX: number;
  readonly leanY: number;
}

/** Nine numbers, row by row, that take homogeneous points of one plane to another. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** From the code's plane (its middle at 0, its side 1 long) to pixels, through a pinhole. @param focalPx its focal length */
export function projectPlane({ centreX, centreY, sidePx, turn, leanX, leanY }: Pose, focalPx: number): Homography {
  const [cosX, sinX, cosY, sinY] = [Math.cos(leanX), Math.sin(leanX), Math.cos(leanY), Math.sin(leanY)];
  const [cosZ, sinZ] = [Math.cos(turn), Math.sin(turn)];
  // Columns of Rz · Rx · Ry: where the plane's own axes point.
  const right = [cosZ * cosY - sinZ * sinX * sinY, sinZ * cosY + cosZ * sinX * sinY, -cosX * sinY] as const;
  const down = [-sinZ * cosX, cosZ * cosX, sinX] as const;
  const distance = focalPx / sidePx;
  return [
    focalPx * right[0] + centreX * right[2],
    focalPx * down[0] + centreX * down[2],
    centreX * distance,
    focalPx * right[1] + centreY * right[2],
    focalPx * down[1] + centreY * down[2],
    centreY * distance,
    right[2],
    down[2],
    distance,
  ];
}

export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  const by = (value: number) => value / determinant;
  return [
    by(A),
    by(c * h - b * i),
    by(b * f - c * e),
    by(B),
    by(a * i - c * g),
    by(c * d - a * f),
    by(C),
    by(b * g - a * h),
    by(a * e - b * d),
  ];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels that a square about the plane's middle covers. @param side in sides of the code */
export function boundSquare([a, b, c, d, e, f, g, h, i]: Homography, side: number): Box {
  const corners = [-1, 1].flatMap((x) => [-1, 1].map((y) => [(x * side) / 2, (y * side) / 2] as const));
  const points = corners.map(([x, y]) => {
    const depth = g * x + h * y + i;
    return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth] as const;
  });
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
