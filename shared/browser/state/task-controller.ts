import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Refusal, Result } from '../../protocol/result.ts';

/** Every asynchronous thing on a screen is in exactly one of these. */
export type TaskState<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'busy' }
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly error: Refusal };

/**
 * Runs one asynchronous job for an element and holds its state. A later run takes the place of an earlier one; an element
 * that has left the page is not drawn again. Exceptions become `internal` on the screen and are thrown on, to be reported.
 */
export class TaskController<Args extends readonly unknown[], T> implements ReactiveController {
  state: TaskState<T> = { status: 'idle' };

  readonly #host: ReactiveControllerHost;
  readonly #job: (...args: Args) => Promise<Result<T>>;
  #runCount = 0;

  constructor(host: ReactiveControllerHost, job: (...args: Args) => Promise<Result<T>>) {
    this.#host = host;
    this.#job = job;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.reset();
  }

  get isBusy(): boolean {
    return this.state.status === 'busy';
  }

  async run(...args: Args): Promise<TaskState<T>> {
    const run = ++this.#runCount;
    this.#show({ status: 'busy' });
    try {
      const result = await this.#job(...args);
      if (run === this.#runCount) {
        this.#show(result.ok ? { status: 'done', value: result.value } : { status: 'failed', error: result });
      }
      return this.state;
    } catch (error) {
      if (run === this.#runCount) this.#show({ status: 'failed', error: { ok: false, code: 'internal' } });
      throw error;
    }
  }

  reset(): void {
    this.#runCount++;
    this.#show({ status: 'idle' });
  }

  #show(state: TaskState<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
