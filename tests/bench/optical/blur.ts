/** A grey picture that is not yet rounded. */
export interface Plane {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Gaussian blur in place, with a standard deviation for each axis. */
export function blurPlane(plane: Plane, sigmaXPx: number, sigmaYPx: number): void {
  blurRows(plane, createKernel(sigmaXPx));
  blurColumns(plane, createKernel(sigmaYPx));
}

function blurRows({ values, width, height }: Plane, kernel: Float32Array): void {
  const radius = (kernel.length - 1) / 2;
  const line = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = -radius; x < width + radius; x++)
      line[x + radius] = values[start + Math.min(width - 1, Math.max(0, x))]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * line[x + k]!;
      values[start + x] = sum;
    }
  }
}

/** Whole rows at a time: walking down single columns would miss the cache at every step. */
function blurColumns({ values, width, height }: Plane, kernel: Float32Array): void {
  const radius = (kernel.length - 1) / 2;
  const source = values.slice();
  values.fill(0);
  for (let y = 0; y < height; y++) {
    const to = y * width;
    for (let k = 0; k < kernel.length; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k - radius)) * width;
      const weight = kernel[k]!;
      for (let x = 0; x < width; x++) values[to + x]! += weight * source[from + x]!;
    }
  }
}

function createKernel(sigmaPx: number): Float32Array {
  const radius = Math.max(1, Math.round(2.3 * sigmaPx));
  const weights = Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * sigmaPx ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}
