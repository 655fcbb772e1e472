import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses the options of one command; at a word it does not know it says how the command is used, and exits. */
export function parseCommandLine<const O extends Options>(options: O, usage: string) {
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), usage);
  }
}

/** Parses a port number, 1 to 65535. */
export function parsePort(text: string, usage: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse(`${text} is no port number.`, usage);
  return port;
}

/** Parses an origin as browsers write it: scheme and host, no path. */
export function parseOrigin(text: string, usage: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) refuse(`${text} is no origin like https://pay.example.org.`, usage);
  return url.origin;
}

/** Ends the command with what was wrong and how it is used. */
export function refuse(message: string, usage: string): never {
  console.error(`${message}\n\nUsage: ${usage}`);
  process.exit(2);
}

/** Runs one command to its end; what goes wrong is told in words, without the stack, and by the exit code. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
