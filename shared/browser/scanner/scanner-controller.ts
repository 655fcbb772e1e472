import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Refusal, Result } from '../../protocol/result.ts';
import { type CameraChoice, listCameras, openCamera } from './camera.ts';
import type { DecodeReply } from './decode-message.ts';
import { Decoder } from './decoder.ts';
import { planFrame, planThoroughFrame } from './frame-plan.ts';
import { pumpFrames } from './frame-pump.ts';
import { readImage } from './read-image.ts';
import { RepeatFilter } from './repeat-filter.ts';
import type { ScannedText, ScanSource } from './scan-source.ts';
import { openScreen } from './screen.ts';
import { hasTorch, setTorch } from './torch.ts';
import { UnreadWatch } from './unread-watch.ts';

export type ScannerState =
  | { readonly status: 'idle' }
  | { readonly status: 'starting' }
  | { readonly status: 'looking'; readonly hint: 'nothing' | 'dark' | 'unreadable' | 'seen' }
  | { readonly status: 'reading-image' }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'broken' };

/** A hint stays this long, so that it can be read; "Got it" wins over the others. */
const HINT_HOLD_MS = 900;

/** Live sources, still pictures and text behind one state; the element only draws it. */
export class ScannerController implements ReactiveController {
  state: ScannerState = { status: 'idle' };
  source: 'camera' | 'screen' = 'camera';
  cameras: readonly CameraChoice[] = [];
  hasTorch = false;
  isTorchOn = false;

  readonly #host: ReactiveControllerHost;
  readonly #video: () => HTMLVideoElement | null;
  readonly #report: (scanned: ScannedText) => void;
  readonly #repeats = new RepeatFilter();
  #decoder: Decoder | undefined;
  #stream: MediaStream | undefined;
  #running: AbortController | undefined;
  #cameraId: string | undefined;
  #isPaused = false;
  #isConnected = false;
  #hintSinceMs = 0;

  constructor(
    host: ReactiveControllerHost,
    video: () => HTMLVideoElement | null,
    report: (scanned: ScannedText) => void,
  ) {
    this.#host = host;
    this.#video = video;
    this.#report = report;
    host.addController(this);
  }

  hostConnected(): void {
    this.#isConnected = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#stop();
    this.#decoder?.close();
    this.#decoder = undefined;
    this.#show({ status: 'idle' });
  }

  /** The back camera, or the one named. */
  async useCamera(cameraId = this.#cameraId): Promise<void> {
    this.#cameraId = cameraId;
    await this.#useStream('camera', () => openCamera(cameraId));
    if (this.state.status === 'looking') this.cameras = await listCameras();
    this.#host.requestUpdate();
  }

  async useNextCamera(): Promise<void> {
    const currentId = this.#stream?.getVideoTracks()[0]?.getSettings().deviceId;
    const index = this.cameras.findIndex(({ deviceId }) => deviceId === currentId);
    const next = this.cameras[(index + 1) % this.cameras.length];
    if (next) await this.useCamera(next.deviceId);
  }

  /** A window or the whole screen of this computer. Only from a click. */
  async useScreen(): Promise<void> {
    const before = this.source;
    await this.#useStream('screen', openScreen);
    // Closing the picker is a change of mind, not a fault: back to what was there.
    if (this.state.status === 'refused' && before === 'camera') await this.useCamera();
  }

  async useImage(file: Blob): Promise<void> {
    this.#stop();
    const running = this.#begin();
    this.#show({ status: 'reading-image' });
    const capturedAtMs = Date.now();
    const read = await readImage(file, this.#readyDecoder());
    if (running.signal.aborted) return;
    if (read.ok) {
      this.#show({ status: 'looking', hint: 'seen' });
      for (const text of read.value) this.#report({ text, source: 'image', capturedAtMs });
      // Whoever listens usually leaves this screen; if not, the camera goes on.
      setTimeout(() => {
        if (!running.signal.aborted && !this.#isPaused) void this.useCamera();
      }, HINT_HOLD_MS);
    } else {
      this.#show({ status: 'refused', refusal: read });
    }
  }

  useText(text: string): void {
    this.#report({ text: text.trim(), source: 'text', capturedAtMs: Date.now() });
  }

  async toggleTorch(): Promise<void> {
    if (this.#stream && (await setTorch(this.#stream, !this.isTorchOn))) this.isTorchOn = !this.isTorchOn;
    this.#host.requestUpdate();
  }

  /** Paused, the camera stays open (opening takes a second), but a shared screen is given back at once. */
  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused && this.source === 'screen') this.#stop();
    else if (isPaused) this.#video()?.pause();
    else if (this.#stream) void this.#video()?.play();
    else void this.useCamera();
  }

  async #useStream(source: 'camera' | 'screen', open: () => Promise<Result<MediaStream>>): Promise<void> {
    this.#stop();
    const { signal } = this.#begin();
    this.source = source;
    this.#show({ status: 'starting' });
    void this.#readyDecoder().warmUp();
    const opened = await open();
    if (!opened.ok) {
      if (!signal.aborted) this.#show({ status: 'refused', refusal: opened });
      return;
    }
    if (signal.aborted) return stopTracks(opened.value);
    this.#attach(opened.value, signal);
  }

  #attach(stream: MediaStream, signal: AbortSignal): void {
    this.#stream = stream;
    this.hasTorch = this.source === 'camera' && hasTorch(stream);
    this.isTorchOn = false;
    // Unplugged, or sharing ended from the browser's own bar: back to the camera.
    stream.getVideoTracks()[0]?.addEventListener('ended', () => void this.useCamera(), { signal });
    this.#show({ status: 'looking', hint: 'nothing' });
    const video = this.#video();
    if (!video) return;
    video.srcObject = stream;
    video.play().catch(() => {
      // Interrupted by the next source, or waiting for a touch in a battery saver; frames decide, not this promise.
    });
    void this.#pump(video, signal);
  }

  async #pump(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
    const source = this.source;
    const unread = new UnreadWatch();
    let frameIndex = 0;
    await pumpFrames(
      video,
      async (_, capturedAtMs) => {
        if (this.#isPaused) return unread.rest();
        const size = { width: video.videoWidth, height: video.videoHeight };
        const picture = await createImageBitmap(video).catch(() => undefined);
        if (!picture) return;
        const decoder = this.#readyDecoder();
        const plan = (decoder.isThorough ? planThoroughFrame : planFrame)(frameIndex++, size, source);
        const reply = await decoder.decode(picture, plan);
        if (signal.aborted || this.#isPaused) return;
        if (unread.take(reply.texts, performance.now())) void decoder.callThoroughReader();
        this.#take(reply, source, capturedAtMs);
      },
      signal,
    );
  }

  #take(reply: DecodeReply, source: ScanSource, capturedAtMs: number): void {
    if (reply.status === 'broken') {
      this.#stop();
      this.#show({ status: 'broken' });
      return;
    }
    this.#hint(reply);
    const nowMs = performance.now();
    for (const text of reply.texts) {
      if (this.#repeats.accept(text, nowMs)) this.#report({ text, source, capturedAtMs });
    }
  }

  #hint({ status, isDark }: DecodeReply): void {
    const hint =
      status === 'read'
        ? 'seen'
        : status === 'unreadable'
          ? 'unreadable'
          : isDark && this.source === 'camera'
            ? 'dark'
            : 'nothing';
    const isHeld = performance.now() - this.#hintSinceMs < HINT_HOLD_MS;
    if (hint !== 'seen' && isHeld) return;
    if (this.state.status === 'looking' && this.state.hint === hint && hint !== 'seen') return;
    this.#hintSinceMs = performance.now();
    this.#show({ status: 'looking', hint });
  }

  #readyDecoder(): Decoder {
    this.#decoder ??= new Decoder();
    return this.#decoder;
  }

  #begin(): AbortController {
    this.#running = new AbortController();
    return this.#running;
  }

  #stop(): void {
    this.#running?.abort();
    if (this.#stream) stopTracks(this.#stream);
    this.#stream = undefined;
    this.hasTorch = false;
    this.isTorchOn = false;
    const video = this.#video();
    if (video) video.srcObject = null;
  }

  /** Nobody films behind a hidden page. A shared screen goes on: its code is often in the tab that is now in front. */
  readonly #onVisibility = (): void => {
    if (this.source !== 'camera' || this.state.status === 'idle') return;
    if (document.hidden) this.#stop();
    else if (this.#isConnected && !this.#stream && isLive(this.state)) void this.useCamera();
  };

  #show(state: ScannerState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}

function isLive({ status }: ScannerState): boolean {
  return status === 'looking' || status === 'starting';
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
