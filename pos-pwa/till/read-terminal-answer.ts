import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import { type ContentKey, importContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { TerminalAnswer } from '../../shared/protocol/wire/terminals.ts';
import { type Terminal, verifyTerminal } from './terminal.ts';

export interface ReadTerminalAnswer {
  readonly terminal: Terminal;
  readonly contentKeys: readonly ContentKey[];
}

/**
 * Makes a verified terminal of what the centre answered to activation, session or sync.
 * @param pinnedCentreKey believed since activation; undefined at activation itself, where the first key is pinned
 * Refuses as `verifyTerminal` does.
 */
export async function readTerminalAnswer(
  answer: TerminalAnswer,
  key: SigningKey,
  pinnedCentreKey: Bytes | undefined,
): Promise<Result<ReadTerminalAnswer>> {
  const { programme, operators, offlineTermsVersion } = answer;
  const terminalCertificate = decodeBase64url(answer.terminalCertificate);
  const pin = pinnedCentreKey ?? firstCentreKey(programme.centreKeys);
  if (!terminalCertificate || !pin) return refuse('document_malformed');
  const terms = offlineTermsVersion === undefined ? {} : { offlineTermsVersion };
  const record = { programme, operators, terminalCertificate, pinnedCentreKey: pin, ...terms };
  const terminal = await verifyTerminal(record, key);
  if (!terminal.ok) return terminal;
  const contentKeys = await Promise.all(
    answer.contentKeys.map(async ({ day, key: text }) => {
      const bytes = decodeBase64url(text);
      return bytes?.length === 32 ? importContentKey(day, bytes) : undefined;
    }),
  );
  return accept({ terminal: terminal.value, contentKeys: contentKeys.filter((known) => known !== undefined) });
}

function firstCentreKey(announcements: readonly string[]): Bytes | undefined {
  const bytes = decodeBase64url(announcements[0] ?? '');
  const first = bytes && decodeDocument(CentreKey, bytes);
  return first?.ok ? first.value.content.publicKey : undefined;
}
