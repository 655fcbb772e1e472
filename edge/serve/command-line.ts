import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** How a command is called, and under it a line for each option. */
export interface Usage {
  readonly call: string;
  readonly about: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Parses the options of one command. Asked for `--help` it says how the command is used, and exits; at a word it does not
 * know likewise, but as a failure.
 */
export function parseCommandLine<const O extends Options>(options: O, usage: Usage) {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(`${usage.about}\n\n${formatUsage(usage)}`);
    process.exit(0);
  }
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    // The runtime adds advice on words that begin with a dash, which fits no option here.
    refuse(error instanceof Error ? error.message.replace(/\. .*/s, '.') : String(error), usage);
  }
}

function formatUsage({ call, options }: Usage): string {
  const width = Math.max(...Object.keys(options).map((name) => name.length));
  const lines = Object.entries(options).map(([name, words]) => `  ${name.padEnd(width)}   ${words}`);
  return `Usage: ${call}\n\n${lines.join('\n')}`;
}

/** Parses a port number, 1 to 65535. */
export function parsePort(text: string, usage: Usage): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse(`${text} is no port number.`, usage);
  return port;
}

/** Parses an origin as browsers write it: scheme and host, no path. */
export function parseOrigin(text: string, usage: Usage): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) refuse(`${text} is no origin like https://pay.example.org.`, usage);
  return url.origin;
}

/** Ends the command with what was wrong and how it is used. */
export function refuse(message: string, usage: Usage): never {
  console.error(`${message}\n\n${formatUsage(usage)}`);
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
