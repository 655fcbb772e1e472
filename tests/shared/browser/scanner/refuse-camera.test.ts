import { describe, expect, it } from 'vitest';
import { INSECURE_CONTEXT, refuseCamera } from '../../../../shared/browser/scanner/refuse-camera.ts';

describe('refuseCamera', () => {
  it.each([
    ['NotAllowedError', 'camera_denied'],
    ['SecurityError', 'camera_denied'],
    ['NotFoundError', 'camera_missing'],
    ['OverconstrainedError', 'camera_missing'],
    ['NotReadableError', 'camera_busy'],
    ['AbortError', 'camera_busy'],
  ])('names %s %s', (name, code) => {
    expect(refuseCamera(new DOMException('', name), true)).toEqual({ ok: false, code });
  });

  it('says that the page is the reason where it is', () => {
    const refusal = refuseCamera(new TypeError('mediaDevices is undefined'), false);
    expect(refusal).toEqual({ ok: false, code: 'camera_denied', detail: INSECURE_CONTEXT });
  });
});
