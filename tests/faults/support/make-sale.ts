import { type Bytes, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { unwrap } from '../../support/devices.ts';
import { createAuthoriseCall, type EnrolledTill, type EnrolledWallet } from '../../support/enrol.ts';

/** One sale with all its documents, made and signed before anything is handed in. */
export interface Sale {
  readonly amountMinor: number;
  readonly accountNumber: string;
  readonly requestHash: Bytes;
  readonly request: { readonly request: string; readonly terminalCertificate: string };
  readonly authorisation: object;
  /** What the till hands in if it takes the request back. */
  readonly cancellation: { readonly cancellation: string; readonly terminalCertificate: string };
}

export async function makeSale(till: EnrolledTill, wallet: EnrolledWallet, amountMinor: number): Promise<Sale> {
  const { terminal } = till;
  const nowMs = Date.now();
  const { document, hash } = await terminal.createRequest(amountMinor, nowMs);
  const terminalCertificate = encodeBase64url(terminal.certificate);
  const call = { request: encodeBase64url(document), terminalCertificate };
  const verified = unwrap(await terminal.verify(document, nowMs));
  return {
    amountMinor,
    accountNumber: wallet.answer.cards[0]!.accountNumber,
    requestHash: hash,
    request: call,
    authorisation: await createAuthoriseCall(wallet, till, { call, document, hash }),
    cancellation: {
      cancellation: encodeBase64url(await terminal.createCancellation(verified, nowMs)),
      terminalCertificate,
    },
  };
}
