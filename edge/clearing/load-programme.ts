import { isEqualBytes } from '../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import type { Env } from '../env.ts';
import type { Clearing } from './clearing.ts';
import type { ProgrammeView } from './programme.ts';

/** The programme, and its keys ready to verify with. */
export interface Programme {
  readonly view: ProgrammeView;
  readonly trust: CentreTrust;
}

/** Long enough that payments ask the Clearing object nothing, short enough that a change is soon everywhere. */
const KEPT_MS = 5_000;

let kept: { readonly programme: Programme; readonly untilMs: number } | undefined;

export function clearingOf(env: Env): DurableObjectStub<Clearing> {
  return env.CLEARING.getByName('clearing');
}

/**
 * The programme as this isolate knows it, at most a few seconds old. Only what was loaded is kept, never a call under way:
 * one request must not wait on another's.
 * @returns undefined before the programme exists
 */
export async function loadProgramme(env: Env): Promise<Programme | undefined> {
  const nowMs = Date.now();
  if (kept && nowMs < kept.untilMs) return kept.programme;
  const view = await clearingOf(env).programmeView();
  if (!view) return undefined;
  const programme = isSameChain(kept?.programme.view, view)
    ? { view, trust: kept!.programme.trust }
    : { view, trust: await createTrust(view) };
  kept = { programme, untilMs: nowMs + KEPT_MS };
  return programme;
}

/** After a change that this isolate made itself, or met: the next call asks again. */
export function forgetProgramme(): void {
  kept = undefined;
}

/** The chain of announcements is only ever added to. */
function isSameChain(known: ProgrammeView | undefined, view: ProgrammeView): boolean {
  const newest = known?.announcements.at(-1);
  return (
    newest !== undefined &&
    known?.announcements.length === view.announcements.length &&
    isEqualBytes(newest, view.announcements.at(-1)!)
  );
}

async function createTrust(view: ProgrammeView): Promise<CentreTrust> {
  const trust = await verifyCentreKeys(view.announcements, view.programme);
  if (!trust.ok) throw new Error(`The centre's own keys do not verify: ${trust.code}`);
  return trust.value;
}
