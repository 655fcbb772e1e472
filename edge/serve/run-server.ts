import { PortTakenError, type RunningServer, type ServerOptions, startServer } from './start-server.ts';

/**
 * Runs one server from a terminal: its log goes to the terminal, Ctrl-C and SIGTERM end it in order, and its end ends
 * this process. `announce` says where to go once it is healthy.
 */
export async function runServer(
  options: ServerOptions,
  announce: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await startServer({ ...options, log: 'inherit' }).catch((error: unknown) => {
    if (error instanceof PortTakenError) throw new Error(`${error.message} Choose another: -- --port NUMBER`);
    throw error;
  });
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      isStopping = true;
      void server.stop();
    });
  }
  await announce(server);
  await server.exited;
  if (!isStopping) throw new Error('workerd has ended unexpectedly.');
}
