import { type Refusal, refuse } from '../../protocol/result.ts';

/** `detail` of the refusal where the page itself is the reason: cameras exist only on https pages and on localhost. */
export const INSECURE_CONTEXT = 'insecure_context';

/** Names why getUserMedia() failed. Browsers agree on these names (Media Capture and Streams, 10.2). */
export function refuseCamera(error: unknown, isSecure: boolean): Refusal {
  if (!isSecure) return refuse('camera_denied', INSECURE_CONTEXT);
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return refuse('camera_denied');
    case 'NotReadableError':
    case 'AbortError':
      return refuse('camera_busy');
    default:
      // NotFoundError, OverconstrainedError, TypeError (no mediaDevices): nothing here takes pictures.
      return refuse('camera_missing');
  }
}
