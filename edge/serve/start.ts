import { buildSite } from './build-site.ts';
import { parseCommandLine, parsePort, runCommand } from './command-line.ts';
import { assertUnused, deleteDataDirectory } from './data-directory.ts';
import { demoDataDirectory } from './project-paths.ts';
import { runServer } from './run-server.ts';
import type { RunningServer } from './start-server.ts';

/** `npm start`: the demo programme on this computer, its books in .tandem/. */
const usage = {
  call: 'npm start -- [--fresh] [--port NUMBER]',
  about: 'Runs the demo programme on this computer: play money, its books in .tandem/.',
  options: {
    '--fresh': 'begin again: forgets all books of the demo',
    '--port NUMBER': 'where to listen; 8787 if left out',
  },
};
const { fresh, port } = parseCommandLine(
  { fresh: { type: 'boolean', default: false }, port: { type: 'string', default: '8787' } },
  usage,
);
const parsedPort = parsePort(port, usage);

await runCommand(async () => {
  await assertUnused(demoDataDirectory);
  await buildSite({ onBuild: () => console.log('Building …') });
  if (fresh) await deleteDataDirectory(demoDataDirectory);
  await runServer({ dataDir: demoDataDirectory, port: parsedPort, demo: true }, announceDemo);
});

type DemoLinks = { posLink: string; walletLink: string; consoleLink: string };

async function announceDemo({ localOrigin, setupCode, claimed }: RunningServer): Promise<void> {
  const response = await fetch(`${localOrigin}/api/v1/demo`);
  if (!response.ok) throw new Error(`The demo programme did not open (HTTP ${response.status}).`);
  const { posLink, walletLink, consoleLink } = (await response.json()) as DemoLinks;
  console.log(`
Tandem runs with a demo programme: play money, for anyone at this computer.

  The till      ${posLink}
  The wallet    ${walletLink}
  The console   ${consoleLink}${claimed ? '' : `   (claim it with the setup code ${setupCode})`}

Open the till in one window and the wallet in another; the wallet can scan the till off the screen.
Ctrl-C ends it, and all is kept for the next start. To begin again: npm start -- --fresh
`);
}
