/** A grey picture that is not yet rounded. */
export interface Plane {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels to either side that count. Enough for a deviation of 1.8 pixels; most of the bench's time would go into more. */
const REACH = 4;

/** Gaussian blur in place, with a standard deviation for each axis. */
export function blurPlane(plane: Plane, sigmaXPx: number, sigmaYPx: number): void {
  blurRows(plane, createKernel(sigmaXPx));
  blurColumns(plane, createKernel(sigmaYPx));
}

/** The middle's weight, then that of its neighbours outwards. */
type Kernel = readonly [number, number, number, number, number];

function createKernel(sigmaPx: number): Kernel {
  const weights = [0, 1, 2, 3, 4].map((distance) => Math.exp(-(distance ** 2) / (2 * sigmaPx ** 2)));
  const sum = weights.reduce((total, weight) => total + 2 * weight, -weights[0]!);
  return weights.map((weight) => weight / sum) as unknown as Kernel;
}

function blurRows({ values, width, height }: Plane, [w0, w1, w2, w3, w4]: Kernel): void {
  const line = new Float32Array(width + 2 * REACH);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    line.set(values.subarray(start, start + width), REACH);
    line.fill(values[start]!, 0, REACH);
    line.fill(values[start + width - 1]!, REACH + width);
    for (let x = 0; x < width; x++) {
      values[start + x] =
        w4 * (line[x]! + line[x + 8]!) +
        w3 * (line[x + 1]! + line[x + 7]!) +
        w2 * (line[x + 2]! + line[x + 6]!) +
        w1 * (line[x + 3]! + line[x + 5]!) +
        w0 * line[x + 4]!;
    }
  }
}

/** Whole rows at a time: walking down single columns would miss the cache at every step. */
function blurColumns({ values, width, height }: Plane, [w0, w1, w2, w3, w4]: Kernel): void {
  const source = values.slice();
  const rowAt = (y: number) => {
    const start = Math.min(height - 1, Math.max(0, y)) * width;
    return source.subarray(start, start + width);
  };
  for (let y = 0; y < height; y++) {
    const to = values.subarray(y * width, (y + 1) * width);
    const [a4, a3, a2, a1, middle] = [rowAt(y - 4), rowAt(y - 3), rowAt(y - 2), rowAt(y - 1), rowAt(y)];
    const [b1, b2, b3, b4] = [rowAt(y + 1), rowAt(y + 2), rowAt(y + 3), rowAt(y + 4)];
    for (let x = 0; x < width; x++) {
      to[x] =
        w4 * (a4[x]! + b4[x]!) +
        w3 * (a3[x]! + b3[x]!) +
        w2 * (a2[x]! + b2[x]!) +
        w1 * (a1[x]! + b1[x]!) +
        w0 * middle[x]!;
    }
  }
}
