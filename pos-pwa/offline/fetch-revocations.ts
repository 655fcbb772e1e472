import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { RevocationListContent } from '../../shared/protocol/documents/revocation-list.ts';
import { verifyRevocationList } from '../../shared/protocol/offline/revocations.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { RevocationsAnswer } from '../../shared/protocol/wire/offline.ts';
import type { Terminal } from '../till/terminal.ts';

/** What was withdrawn since a version, verified. Refuses `no_network`, `document_malformed`, `certificate_invalid`, … */
export async function fetchRevocations(
  api: Pick<ApiClient, 'call'>,
  sinceVersion: number,
  { trust, certificate }: Pick<Terminal, 'trust' | 'certificate'>,
): Promise<Result<readonly RevocationListContent[]>> {
  const answer = await api.call({ path: `revocations?since=${sinceVersion}`, answer: RevocationsAnswer });
  if (!answer.ok) return answer;
  const lists: RevocationListContent[] = [];
  for (const text of answer.value.lists) {
    const bytes = decodeBase64url(text);
    const list = bytes
      ? await verifyRevocationList(bytes, trust, certificate.content.acquirer)
      : refuse('document_malformed');
    if (!list.ok) return list;
    lists.push(list.value);
  }
  return accept(lists);
}
