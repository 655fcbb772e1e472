/** What happened in one sentence, what to do in another. A customer's words; a cashier's where they differ. */
export interface RefusalMessage {
  readonly text: string;
  readonly next: string;
  readonly cashier?: { readonly text: string; readonly next: string };
}
