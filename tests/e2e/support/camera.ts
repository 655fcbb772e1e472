import type { Page } from '@playwright/test';

/** How the lens sees what is held before it. */
export interface Lens {
  /** Degrees. */
  readonly rotation?: number;
  /** How much narrower the far edge is than the near one, 0 to 0.5: the screen leans back. */
  readonly perspective?: number;
  /** Radius in pixels of the camera's picture. */
  readonly blur?: number;
  /** Share of the picture's shorter side that the object fills. */
  readonly fill?: number;
}

const DEFAULT_LENS: Required<Lens> = { rotation: 4, perspective: 0.06, blur: 0.8, fill: 0.9 };

declare global {
  interface Window {
    testCamera: { show(pngUrl: string, lens: Required<Lens>): Promise<void> };
  }
}

/**
 * Puts a camera behind `getUserMedia` and a screen behind `getDisplayMedia`, both made of pixels: whatever `showToCamera`
 * holds before it, drawn with blur, rotation and perspective into a canvas whose stream the page gets. The page's own
 * scanner does everything from there. Call before the page loads.
 */
export async function installCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const createCanvas = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 1280;
      canvas.height = 720;
      return canvas;
    };
    const canvas = createCanvas();
    const context = canvas.getContext('2d')!;
    let scene: HTMLCanvasElement | undefined;

    const draw = () => {
      context.filter = 'none';
      context.fillStyle = '#4a4640';
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (scene) context.drawImage(scene, 0, 0);
      // A real sensor never gives the same picture twice.
      context.fillStyle = `rgba(255,255,255,${0.01 + 0.01 * Math.random()})`;
      context.fillRect(0, 0, canvas.width, canvas.height);
    };

    // A camera that nobody looks through draws nothing: pictures cost a test machine more than all else.
    let drawing: ReturnType<typeof setInterval> | undefined;
    const openStream = async () => {
      const stream = canvas.captureStream(20);
      clearInterval(drawing);
      drawing = setInterval(() => {
        draw();
        if (stream.getTracks().every(({ readyState }) => readyState === 'ended')) clearInterval(drawing);
      }, 50);
      return stream;
    };
    navigator.mediaDevices.getUserMedia = openStream;
    navigator.mediaDevices.getDisplayMedia = openStream;

    window.testCamera = {
      async show(pngUrl, { rotation, perspective, blur, fill }) {
        const picture = new Image();
        picture.src = pngUrl;
        await picture.decode();
        const scale = (Math.min(canvas.width, canvas.height) * fill) / Math.max(picture.width, picture.height);
        const width = picture.width * scale;
        const height = picture.height * scale;
        const sharp = createCanvas();
        const warped = sharp.getContext('2d')!;
        warped.translate(sharp.width / 2, sharp.height / 2);
        warped.rotate((rotation * Math.PI) / 180);
        // The object leans back: what is farther is narrower, and its rows lie closer. Row by row of the picture, `z` being
        // the distance and `t` the place on the object from its far edge (0) to its near one (1).
        const zFar = 1 / (1 - perspective);
        const placeOf = (y: number) => (y * zFar + height / 2) / (height - y * (1 - zFar));
        for (let y = Math.ceil(-height / 2 / zFar); y < height / 2; y += 1) {
          const t = placeOf(y);
          const z = zFar + t * (1 - zFar);
          const rows = Math.max(1, (placeOf(y + 1) - t) * picture.height);
          warped.drawImage(
            picture,
            0,
            Math.min(t * picture.height, picture.height - rows),
            picture.width,
            rows,
            -width / z / 2,
            y,
            width / z,
            // A little more than one row: no seams where they meet.
            1.5,
          );
        }
        // The lens is out of focus for the whole picture at once.
        const next = createCanvas();
        const blurred = next.getContext('2d')!;
        blurred.filter = blur > 0 ? `blur(${blur}px)` : 'none';
        blurred.drawImage(sharp, 0, 0);
        scene = next;
      },
    };
  });
}

/** Holds a picture (PNG, as a screenshot gives it) before the page's camera. */
export async function showToCamera(page: Page, png: Buffer, lens: Lens = {}): Promise<void> {
  const url = `data:image/png;base64,${png.toString('base64')}`;
  await page.evaluate(([pngUrl, how]) => window.testCamera.show(pngUrl, how), [
    url,
    { ...DEFAULT_LENS, ...lens },
  ] as const);
}
