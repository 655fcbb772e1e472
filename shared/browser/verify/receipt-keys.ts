import * as v from 'valibot';
import { decodeBase64url } from '../../protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../protocol/centre-trust.ts';
import { CentreKey } from '../../protocol/documents/centre-key.ts';
import { decodeDocument } from '../../protocol/documents/document.ts';
import { ProgrammeAnswer } from '../../protocol/wire/programme.ts';
import type { ApiClient } from '../network/api-client.ts';

/** Whose receipts can be checked here, and with which keys. */
export interface ReceiptKeys {
  readonly programmeName: string;
  readonly trust: CentreTrust;
}

const STORED = 'tandem-receipt-keys';
const StoredKeys = v.pick(ProgrammeAnswer, ['programme', 'name', 'centreKeys']);
type StoredKeys = v.InferOutput<typeof StoredKeys>;

/**
 * The centre's public keys, for somebody without an account: asked for where there is a network, kept for when there is none. The
 * first that were ever seen here are pinned: a centre that does not follow from them is not believed.
 * @returns undefined where none were ever seen
 */
export async function loadReceiptKeys(
  api: Pick<ApiClient, 'call'>,
  storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
): Promise<ReceiptKeys | undefined> {
  const kept = readKept(storage);
  const answer = await api.call({ path: 'programme', answer: ProgrammeAnswer });
  const heard = answer.ok ? answer.value : undefined;
  const fresh = heard && (await trustOf(heard, kept && firstKeyOf(kept)));
  if (heard && fresh) {
    const { programme, name, centreKeys } = heard;
    storage.setItem(STORED, JSON.stringify({ programme, name, centreKeys }));
    return fresh;
  }
  return kept && trustOf(kept);
}

function readKept(storage: Pick<Storage, 'getItem'>): StoredKeys | undefined {
  try {
    const parsed = v.safeParse(StoredKeys, JSON.parse(storage.getItem(STORED) ?? 'null'));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

async function trustOf(known: StoredKeys, pinned?: Uint8Array): Promise<ReceiptKeys | undefined> {
  const announcements = known.centreKeys.map((text) => decodeBase64url(text) ?? new Uint8Array());
  const trust = await verifyCentreKeys(announcements, known.programme, pinned);
  return trust.ok ? { programmeName: known.name, trust: trust.value } : undefined;
}

function firstKeyOf({ centreKeys }: StoredKeys): Uint8Array | undefined {
  const bytes = centreKeys[0] === undefined ? undefined : decodeBase64url(centreKeys[0]);
  const first = bytes && decodeDocument(CentreKey, bytes);
  return first?.ok ? first.value.content.publicKey : undefined;
}
