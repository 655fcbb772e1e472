import { buildSite } from './build-site.ts';
import { runCommand } from './command-line.ts';

/** `npm run build`: both apps and the worker, whatever was there before. */
await runCommand(async () => {
  await buildSite({ force: true, onBuild: () => console.log('Building …') });
  console.log('Built both apps and the worker into dist/.');
});
