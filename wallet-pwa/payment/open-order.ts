import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { ContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { openPosCode, type SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import { verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { verifyRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { TRANS_TYPES } from '../../shared/protocol/trans-type.ts';
import type { PayOrder } from './pay-state.ts';

export interface OpeningKnowledge {
  readonly contentKeys: readonly ContentKey[];
  readonly trust: CentreTrust;
  /** Where the links of this programme's codes lead. */
  readonly walletOrigin: string;
  /** This phone's clock, corrected to the centre's. */
  readonly nowMs: number;
}

/**
 * From a scanned text to a request that may be shown (R1.4): seal, certificate, signature, time.
 * Refuses `code_unreadable`, `code_tampered`, `content_key_unknown`, and what `verifyOrder` refuses.
 */
export async function openOrder(text: string, knowledge: OpeningKnowledge): Promise<Result<PayOrder>> {
  const opened = await openPosCode(text, knowledge.contentKeys);
  if (opened.ok) return verifyOrder(opened.value, knowledge);
  // A seal that our key does not fit, on a link to somebody else's wallet: nobody changed it, it is not ours.
  const origin = URL.parse(text.trim())?.origin;
  const isForeign = opened.code === 'code_tampered' && origin !== undefined && origin !== knowledge.walletOrigin;
  return isForeign ? refuse('programme_mismatch') : opened;
}

/** Refuses `document_malformed`, `certificate_…`, `signature_invalid`, `clock_off`, `request_expired`, `programme_mismatch`, `trans_type_unsupported`. */
export async function verifyOrder(
  documents: SignedRequest,
  { trust, nowMs }: Pick<OpeningKnowledge, 'trust' | 'nowMs'>,
): Promise<Result<PayOrder>> {
  const terminal = await verifyTerminalCertificate(documents.terminalCertificate, trust);
  if (!terminal.ok) return terminal;
  const request = await verifyRequest(documents.request, terminal.value, nowMs);
  if (!request.ok) return request;
  // A wallet pays sales and nothing else; a code that asks for anything else is none for it.
  if (request.value.transType !== TRANS_TYPES.sale) return refuse('trans_type_unsupported');
  return accept({ request: request.value, documents });
}

/**
 * Refusals that may only mean that this phone has not heard from the centre for a while: a new day's key, a newer centre key,
 * a clock that was set, a programme that was begun again (its seals look like changed ones to the old keys). After one sync the same code is worth a second look.
 */
export function isWorthASync(code: RefusalCode): boolean {
  return (
    code === 'code_tampered' ||
    code === 'content_key_unknown' ||
    code === 'certificate_invalid' ||
    code === 'clock_off' ||
    code === 'request_expired'
  );
}
