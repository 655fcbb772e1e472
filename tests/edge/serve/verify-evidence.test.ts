import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../edge/serve/project-paths.ts';
import {
  consent,
  createOfflineParties,
  createOfflineWallet,
  evidenceOf,
  requestOf,
} from '../../shared/protocol/offline/offline-parties.ts';

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  const { centre, terminal } = await createOfflineParties();
  const holder = await createOfflineWallet(centre);
  const first = await consent(holder, await requestOf(terminal, 1_000), holder.start);
  const second = await consent(holder, await requestOf(terminal, 500), first.head);
  const forked = await consent(holder, await requestOf(terminal, 700), first.head);
  writeFileSync(file('fork.json'), JSON.stringify(evidenceOf(centre, holder, [second, forked])));
  writeFileSync(file('chain.json'), JSON.stringify(evidenceOf(centre, holder, [first, second])));
  writeFileSync(file('none.json'), '{ "format": "tandem-evidence/1" }');
  writeFileSync(file('text.json'), 'nonsense');
});

afterAll(() => rmSync(folder, { recursive: true }));

function verify(...args: string[]) {
  const script = [
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    'edge/serve/verify-evidence.ts',
  ];
  return spawnSync(process.execPath, [...script, ...args], { cwd: projectRoot, encoding: 'utf8' });
}

describe('npm run verify-evidence', () => {
  it('says in plain words what a file proves, and ends with 0', () => {
    const { status, stdout } = verify(file('fork.json'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Proven: the wallet with certificate [0-9a-f]{16}/);
    expect(stdout).toContain('Both take the same place');
    expect(stdout).toContain('5.00 EUR');
    expect(stdout).toContain('7.00 EUR');
  });

  it('ends with 1 for documents that prove nothing', () => {
    const { status, stdout } = verify(file('chain.json'));
    expect(status).toBe(1);
    expect(stdout).toContain('evidence_insufficient');
  });

  it('says what it takes', () => {
    const { status, stdout } = verify('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('npm run verify-evidence -- FILE');
  });

  it.each([[], [file('none.json')], [file('text.json')], [file('missing.json')]])(
    'ends with 2 where there is nothing to read: %s',
    (...args) => {
      const { status, stderr } = verify(...args);
      expect(status).toBe(2);
      expect(stderr.length).toBeGreaterThan(10);
    },
  );
});
