import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPng } from '../../shared/browser/scanner/read-png.ts';
import type { Contestant } from './contestants.ts';

export interface PicturesMeasured {
  readonly set: string;
  readonly contestant: string;
  readonly pictures: number;
  readonly read: number;
  readonly wrong: number;
}

/** Lets every reader try single pictures. @param folder holds one folder a set, with NAME.png and NAME.txt side by side */
export async function measurePictures(
  folder: string,
  contestants: readonly Contestant[],
): Promise<readonly PicturesMeasured[]> {
  const measured: PicturesMeasured[] = [];
  for (const set of readdirSync(folder)) {
    const names = readdirSync(resolve(folder, set)).filter((name) => name.endsWith('.png'));
    const cases = names.map((name) => ({
      picture: readPng(resolve(folder, set, name)),
      expected: plain(readFileSync(resolve(folder, set, name.replace('.png', '.txt')), 'utf8')),
    }));
    for (const contestant of contestants) {
      let [read, wrong] = [0, 0];
      for (const { picture, expected } of cases) {
        const text = await contestant.readStill(picture);
        if (text === undefined) continue;
        if (plain(text) === expected) read++;
        else wrong++;
      }
      measured.push({ set, contestant: contestant.name, pictures: cases.length, read, wrong });
    }
  }
  return measured;
}

/** The answers were written with line ends and final newlines of their own. */
function plain(words: string): string {
  return words.replaceAll('\r\n', '\n').trimEnd();
}
