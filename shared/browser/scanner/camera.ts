import { accept, type Result } from '../../protocol/result.ts';
import { refuseCamera } from './refuse-camera.ts';

export interface CameraChoice {
  readonly deviceId: string;
  readonly label: string;
}

/** Opens the camera at the back, or the one asked for. The caller stops the tracks. */
export async function openCamera(deviceId?: string): Promise<Result<MediaStream>> {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    await keepFocusing(stream);
    return accept(stream);
  } catch (error) {
    // A remembered camera that was unplugged must not lock people out of the others.
    if (deviceId && error instanceof Error && error.name !== 'NotAllowedError') return openCamera();
    return refuseCamera(error, isSecureContext);
  }
}

/** Cameras by name. Names are empty, and the list useless, until one camera was allowed. */
export async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Camera ${index + 1}` }));
}

/** Some phones open with a fixed focus; asking for a mode they do not know is harmless. */
async function keepFocusing(stream: MediaStream): Promise<void> {
  const [track] = stream.getVideoTracks();
  const capabilities = track?.getCapabilities?.() as { focusMode?: readonly string[] } | undefined;
  if (!track || !capabilities?.focusMode?.includes('continuous')) return;
  await track.applyConstraints({ advanced: [{ focusMode: 'continuous' } as MediaTrackConstraintSet] }).catch(() => {});
}
