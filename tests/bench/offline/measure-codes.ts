import { drawCode } from '../../../shared/browser/elements/draw-code.ts';
import {
  type AuthorisationPayload,
  encodeAuthorisationPayload,
} from '../../../shared/protocol/codes/authorisation-payload.ts';
import { createDocumentCode } from '../../../shared/protocol/codes/document-code.ts';
import { createSplitCode } from '../../../shared/protocol/codes/split-code.ts';
import { createShowing } from '../../../shared/protocol/codes/twin-code.ts';
import { createAcceptance } from '../../../shared/protocol/offline/acceptance.ts';
import { createOfflineScene, type OfflineScene } from './offline-scene.ts';

export interface CodeSize {
  readonly name: string;
  /** What is carried, before it is sealed and halved. */
  readonly payloadBytes: number;
  /** Of the longer code, where there are two in turn. */
  readonly codeChars: number;
  readonly qrVersion: number;
}

const ORIGIN = 'https://pay.example.com';
const AMOUNT_MINOR = 1_250;
/** Allowances are withdrawn for a stolen phone or a double spending, and only until their end: a list is short. */
const LISTS = [0, 5, 20];

/** How large the codes are that go from screen to camera where nobody has a network. */
export async function measureCodes(): Promise<CodeSize[]> {
  const nowMs = Date.now();
  const withoutAllowance = await createOfflineScene({ nowMs, origin: ORIGIN });
  const scene = await createOfflineScene({ nowMs, origin: ORIGIN, limitMinor: 5_000 });
  const { payload } = await scene.consent(AMOUNT_MINOR);
  const long = await scene.consent(AMOUNT_MINOR, { hasLongClientData: true });
  const sizes = [
    await measureTwin('consent, no allowance', (await withoutAllowance.consent(AMOUNT_MINOR)).payload, nowMs),
    await measureTwin('consent in a chain', payload, nowMs),
    ...(await measureWithLists('consent in a chain', scene, payload, nowMs)),
    await measureTwin('consent in a chain, longest client data', long.payload, nowMs),
    ...(await measureWithLists('consent in a chain, longest client data', scene, long.payload, nowMs)),
    await measureAcceptance(scene, nowMs),
  ];
  return sizes;
}

async function measureTwin(name: string, payload: AuthorisationPayload, nowMs: number): Promise<CodeSize> {
  const bytes = encodeAuthorisationPayload(payload);
  const { a, b } = await createSplitCode(bytes, createShowing(nowMs, 250));
  return {
    name,
    payloadBytes: bytes.length,
    codeChars: Math.max(a.length, b.length),
    qrVersion: Math.max(drawCode(a).version, drawCode(b).version),
  };
}

/** Some lists, and the longest that still goes along. */
async function measureWithLists(name: string, scene: OfflineScene, payload: AuthorisationPayload, nowMs: number) {
  const bare = encodeAuthorisationPayload(payload).length;
  const fits = async (count: number) =>
    encodeAuthorisationPayload({ ...payload, revocations: await scene.revocations(count) }).length > bare;
  let most = -1;
  while (await fits(most + 1)) most += 1;
  const counts = [...LISTS.filter((count) => count < most), ...(most >= 0 ? [most] : [])];
  return Promise.all(
    counts.map(async (count) => {
      const label = `${name}, and a list of ${count}${count === most ? ' (the most)' : ''}`;
      return measureTwin(label, { ...payload, revocations: await scene.revocations(count) }, nowMs);
    }),
  );
}

async function measureAcceptance({ terminal, consent }: OfflineScene, nowMs: number): Promise<CodeSize> {
  const { request, hash } = await consent(AMOUNT_MINOR);
  const authorisation = { hash, requestHash: request.hash, amountMinor: AMOUNT_MINOR as never };
  const revocations = { version: 300, issuedAtMs: nowMs };
  const document = await createAcceptance(authorisation, revocations, nowMs, terminal.key);
  const text = createDocumentCode('acceptance', document);
  return {
    name: 'acceptance',
    payloadBytes: document.length,
    codeChars: text.length,
    qrVersion: drawCode(text).version,
  };
}
