import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { handleError } from '../../../edge/security/handle-error.ts';

afterEach(() => vi.restoreAllMocks());

async function fail(error: unknown): Promise<{ status: number; text: string; logged: string }> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const app = new Hono().get('/api/v1/codes/:anything', () => {
    throw error;
  });
  app.onError(handleError);
  const response = await app.request('/api/v1/codes/secret-code-AAAABBBBCCCC');
  return { status: response.status, text: await response.text(), logged: log.mock.calls.flat().join('\n') };
}

describe('a fault of ours', () => {
  it('is told as a fault, without a word of what it was', async () => {
    const { status, text } = await fail(new Error('KEY_SECRET is dGVzdHMgb25seTogdGhpcnR5'));
    expect(status).toBe(500);
    expect(JSON.parse(text)).toEqual({
      type: '/api/v1/problems/internal',
      title: 'A fault of the centre.',
      status: 500,
      code: 'internal',
    });
  });

  it('is logged with its place and without secrets', async () => {
    const { logged } = await fail(new Error('token dGVzdHMgb25seTogdGhpcnR5LXR3byBieXRlcyAhISE is bad'));
    expect(logged).toContain('GET /api/v1/codes/[…]: ');
    expect(logged).toContain('handle-error.test');
    expect(logged).toContain('token […] is bad');
    expect(logged).not.toMatch(/AAAABBBBCCCC|dGVzdHMg/);
  });

  it('of an object that restarts is one to ask again after', async () => {
    const { status } = await fail(Object.assign(new Error('reset'), { durableObjectReset: true }));
    expect(status).toBe(503);
  });
});
