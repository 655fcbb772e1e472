import type { ReactiveControllerHost } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { TaskController } from '../../../../shared/browser/state/task-controller.ts';
import { accept, type Result, refuse } from '../../../../shared/protocol/result.ts';

function createHost() {
  const host = { addController: vi.fn(), removeController: vi.fn(), requestUpdate: vi.fn() };
  return host as unknown as ReactiveControllerHost & typeof host;
}

describe('TaskController', () => {
  it('is idle, busy, then done, and draws its host each time', async () => {
    const host = createHost();
    const task = new TaskController(host, async (amount: number) => accept(amount * 2));
    expect(task.state).toEqual({ status: 'idle' });
    const running = task.run(21);
    expect(task.isBusy).toBe(true);
    expect(await running).toEqual({ status: 'done', value: 42 });
    expect(host.requestUpdate).toHaveBeenCalledTimes(2);
  });

  it('holds a refusal as its error', async () => {
    const task = new TaskController(createHost(), async () => refuse('no_network'));
    await task.run();
    expect(task.state).toEqual({ status: 'failed', error: { ok: false, code: 'no_network' } });
  });

  it('shows a surprise as a fault of ours and throws it on', async () => {
    const task = new TaskController(createHost(), async (): Promise<Result<number>> => {
      throw new RangeError('bug');
    });
    await expect(task.run()).rejects.toThrow('bug');
    expect(task.state).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  });

  it('shows only the latest of several runs', async () => {
    const answers: ((value: Result<string>) => void)[] = [];
    const task = new TaskController(
      createHost(),
      () => new Promise<Result<string>>((resolve) => answers.push(resolve)),
    );
    const first = task.run();
    const second = task.run();
    answers[1]?.(accept('second'));
    await second;
    answers[0]?.(accept('first'));
    await first;
    expect(task.state).toEqual({ status: 'done', value: 'second' });
  });

  it('forgets its run when the element leaves the page', async () => {
    const task = new TaskController(createHost(), async () => accept(1));
    const running = task.run();
    task.hostDisconnected();
    await running;
    expect(task.state).toEqual({ status: 'idle' });
  });
});
