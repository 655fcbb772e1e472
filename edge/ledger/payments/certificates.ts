import type { Bytes } from '../../../shared/protocol/bytes.ts';
import {
  type DocumentContent,
  type DocumentFields,
  type DocumentType,
  decodeDocument,
} from '../../../shared/protocol/documents/document.ts';
import {
  TerminalCertificate,
  type TerminalCertificateContent,
} from '../../../shared/protocol/documents/terminal-certificate.ts';
import {
  WalletCertificate,
  type WalletCertificateContent,
} from '../../../shared/protocol/documents/wallet-certificate.ts';
import type { CarriedCertificate } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import { hashContentNow } from '../sha256.ts';

/** A certificate of the books, taken apart. That the centre signed it was verified before it came here. */
export interface KeptCertificate<C> {
  readonly document: Bytes;
  readonly content: C;
  readonly contentHash: Bytes;
}

/** How many are kept taken apart. What a certificate says never changes, so memory is as good as storage. */
const KEPT_MAX = 1_000;

/**
 * The certificates that documents came with: stored once each, found by serial when they come again, and by row when a
 * document or receipt is made again.
 */
export class CertificateShelf {
  readonly #sql: SqlStorage;
  readonly #kept = new Map<number, KeptCertificate<unknown>>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @returns the row of the certificate, stored now if it was not before. @param filed its row, where that is known */
  file({ serial, document }: CarriedCertificate, filed?: number): number {
    if (filed !== undefined) return filed;
    const [row] = this.#sql.exec<{ id: number }>('SELECT id FROM certificates WHERE serial = ?', serial).toArray();
    if (row) return row.id;
    return this.#sql
      .exec<{ id: number }>('INSERT INTO certificates (serial, document) VALUES (?, ?) RETURNING id', serial, document)
      .one().id;
  }

  terminal(id: number): KeptCertificate<TerminalCertificateContent> {
    return this.#load(TerminalCertificate, id);
  }

  wallet(id: number): KeptCertificate<WalletCertificateContent> {
    return this.#load(WalletCertificate, id);
  }

  #load<F extends DocumentFields>(kind: DocumentType<F>, id: number): KeptCertificate<DocumentContent<F>> {
    const kept = this.#kept.get(id);
    if (kept) return kept as KeptCertificate<DocumentContent<F>>;
    const row = this.#sql.exec<{ document: ArrayBuffer }>('SELECT document FROM certificates WHERE id = ?', id).one();
    const document = new Uint8Array(row.document);
    const decoded = decodeDocument(kind, document);
    assertBooks(decoded.ok, `certificate ${id} is one`);
    const { content, contentBytes } = decoded.value;
    const certificate = { document, content, contentHash: hashContentNow(kind, contentBytes) };
    // The oldest goes first: a Map remembers the order of arrival.
    if (this.#kept.size >= KEPT_MAX) this.#kept.delete(this.#kept.keys().next().value as number);
    this.#kept.set(id, certificate);
    return certificate;
  }
}
