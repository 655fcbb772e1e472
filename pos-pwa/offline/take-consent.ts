import { createOutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import { type Bytes, encodeHex, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { encodeContent, hashContent } from '../../shared/protocol/documents/document.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import { createAcceptance } from '../../shared/protocol/offline/acceptance.ts';
import { allowanceOf } from '../../shared/protocol/offline/allowance.ts';
import { decideAcceptance } from '../../shared/protocol/offline/decide-acceptance.ts';
import { verifyRevocationList } from '../../shared/protocol/offline/revocations.ts';
import { type TrustedWallet, verifyWalletCertificate } from '../../shared/protocol/payment/certificates.ts';
import type { VerifiedAuthorisation } from '../../shared/protocol/payment/verify-authorisation.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { decideSale } from '../sale/decide-sale.ts';
import { type CarriedConsent, isOpen, type Sale, type TakenAlone } from '../sale/sale.ts';
import type { Terminal } from '../till/terminal.ts';
import { type CentreNews, type KeptAllowance, learnNews } from './offline-state.ts';
import type { OfflinePicture, OfflineStore } from './offline-store.ts';
import { verifyConsent } from './verify-consent.ts';

export interface TakeConsentParts {
  readonly store: OfflineStore;
  readonly terminal: Terminal;
  /** By the corrected clock, and no earlier than the centre's last word on the time. */
  readonly nowMs: () => number;
}

/** A consent that was found good, with what the decision on it needs. */
interface FoundConsent {
  readonly wallet: TrustedWallet;
  readonly certificateHash: Bytes;
  readonly authorisation: VerifiedAuthorisation;
  readonly nowMs: number;
}

/**
 * Takes a customer's consent without asking the centre: verifies all of it, decides, and writes the accepted sale, what the
 * till has taken and the item of the outbox in one transaction. Only then is there a result to show. The same consent again
 * gives the same acceptance; killed in between, nothing was accepted, and it may be scanned or tried again.
 *
 * Refuses what `verifyWalletCertificate`, `verifyConsent` and `decideAcceptance` refuse, `not_found` (no such sale),
 * `already_paid` (by another consent), `request_cancelled`. Throws when the storage fails: then nothing was accepted.
 */
export async function takeConsent(
  parts: TakeConsentParts,
  traceKey: TraceKey,
  consent: CarriedConsent,
): Promise<Result<Sale>> {
  const { store, terminal } = parts;
  const wallet = await verifyWalletCertificate(consent.walletCertificate, terminal.trust);
  if (!wallet.ok) return wallet;
  const allowance = encodeHex(wallet.value.content.serial);
  await learn(parts, traceKey, allowance, await newsOf(parts, wallet.value, consent));
  // A list may come in by another window while the acceptance is signed: what was signed names the one that was decided by.
  for (;;) {
    const picture = await store.load(traceKey, allowance);
    const found = await find(parts, picture, wallet.value, consent);
    if (!found.ok) return found;
    if (found.value === 'taken') return accept(picture.sale!);
    const { authorisation, nowMs } = found.value;
    const refusal = judge(parts, picture, found.value);
    if (refusal) return refuse(refusal);
    const acceptance = await createAcceptance(authorisation, picture.state.revocations!, nowMs, terminal.key);
    const taken: TakenAlone = {
      consent,
      authorisationHash: authorisation.hash,
      acceptance,
      acceptedAtMs: nowMs,
      allowance,
    };
    const version = picture.state.revocations!.version;
    const written = await store.change(traceKey, allowance, (fresh) =>
      decideWrite(parts, fresh, found.value as FoundConsent, taken, version),
    );
    if (written) return written;
  }
}

/** What the phone brought along of the centre's is believed by its signature, whatever becomes of the consent. */
async function newsOf({ terminal }: TakeConsentParts, wallet: TrustedWallet, consent: CarriedConsent) {
  const list = consent.revocations && (await verifyOwnList(terminal, consent.revocations));
  const certificates = [wallet.content, terminal.certificate.content];
  const timesMs = certificates.map(({ issuedAtSeconds }) => issuedAtSeconds * 1000);
  return { timesMs, ...(list?.ok && { lists: [list.value] }) } satisfies CentreNews;
}

function verifyOwnList({ certificate, trust }: Terminal, list: Uint8Array) {
  return verifyRevocationList(list, trust, certificate.content.acquirer);
}

async function learn({ store }: TakeConsentParts, traceKey: TraceKey, allowance: string, news: CentreNews) {
  const { state } = await store.load(traceKey, allowance);
  if (learnNews(state, news) === state) return;
  await store.change(traceKey, allowance, (fresh) => ({
    change: { state: learnNews(fresh.state, news) },
    value: undefined,
  }));
}

async function find(
  { terminal, nowMs: clockMs }: TakeConsentParts,
  { sale, state }: OfflinePicture,
  wallet: TrustedWallet,
  consent: CarriedConsent,
): Promise<Result<FoundConsent | 'taken'>> {
  if (!sale) return refuse('not_found');
  const known = judgeSale(sale);
  if (known) return refuse(known);
  const nowMs = Math.max(clockMs(), state.centreTimeMs);
  // Taken already: the very same consent is recognised by its own hash, and needs no second look at the time.
  const atMs = sale.state.status === 'accepted' ? sale.state.acceptedAtMs : nowMs;
  const authorisation = await verifyConsent(consent, { sale, wallet, terminal, nowMs: atMs });
  if (!authorisation.ok) return authorisation;
  if (sale.state.status === 'accepted') {
    const isSame = isEqualBytes(sale.state.authorisationHash, authorisation.value.hash);
    return isSame ? accept('taken') : refuse('already_paid');
  }
  const certificateHash = await hashContent(WalletCertificate, encodeContent(WalletCertificate, wallet.content));
  return accept({ wallet, certificateHash, authorisation: authorisation.value, nowMs });
}

/** Whether a sale can be taken at all, or has been. @returns the refusal, or undefined */
function judgeSale({ state, ...sale }: Sale): RefusalCode | undefined {
  if (state.status === 'accepted') return undefined;
  if (state.status === 'paid' || state.status === 'not-settled') return 'already_paid';
  if (state.status === 'not-paid') return state.code;
  if (state.status === 'cancelling') return 'request_cancelled';
  return isOpen({ ...sale, state }) ? undefined : 'not_found';
}

function judge(
  { terminal }: TakeConsentParts,
  { state, seen }: OfflinePicture,
  { wallet, certificateHash, authorisation, nowMs }: FoundConsent,
): RefusalCode | undefined {
  const { programme, offlineTermsVersion } = terminal.record;
  return decideAcceptance({
    allowance: allowanceOf(wallet.content),
    link: authorisation.link,
    authorisedAtMs: authorisation.authorisedAtMs,
    certificateHash,
    seen,
    takings: state.takings,
    revocationsAtMs: state.revocations?.issuedAtMs,
    isRevoked: state.revocations?.serials.has(encodeHex(wallet.content.serial)) ?? false,
    hasAgreed: offlineTermsVersion === TERMS_VERSION,
    settings: programme.offline,
    nowMs,
  });
}

/** Decides once more on what is on the disk now. @returns the value undefined where it has to be signed anew */
function decideWrite(
  parts: TakeConsentParts,
  picture: OfflinePicture,
  found: FoundConsent,
  taken: TakenAlone,
  version: number,
): { change: { sale?: Sale }; value: Result<Sale> | undefined } {
  const { sale, state, seen } = picture;
  if (!sale || state.revocations?.version !== version || !isOpen(sale)) return { change: {}, value: undefined };
  const refusal = judgeSale(sale) ?? judge(parts, picture, found);
  if (refusal) return { change: {}, value: refuse(refusal) };
  const { amountMinor } = found.authorisation;
  const accepted: Sale = { ...sale, state: decideSale(sale.state, { kind: 'taken-alone', ...taken }) };
  const { takings } = state;
  const change = {
    sale: accepted,
    state: {
      ...state,
      takings: { ...takings, takenMinor: takings.takenMinor + amountMinor, count: takings.count + 1 },
    },
    seen: seenAfter(found, seen),
    outboxItem: createOutboxItem(sale.traceKey, sale.voucherNo, taken.acceptedAtMs),
  };
  return { change, value: accept(accepted) };
}

function seenAfter({ wallet, authorisation }: FoundConsent, seen: KeptAllowance | undefined): KeptAllowance {
  // Both were there when it was decided upon.
  const { counter, cumulativeMinor, hash, amountMinor } = authorisation.link!;
  const { expiresAtMs } = allowanceOf(wallet.content)!;
  return { counter, head: hash, cumulativeMinor, takenMinor: (seen?.takenMinor ?? 0) + amountMinor, expiresAtMs };
}
