/** A process ended at this point: whatever it had not written is gone. */
export class Killed extends Error {
  override readonly name = 'Killed';
}
