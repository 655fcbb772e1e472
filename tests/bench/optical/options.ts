/** What one run of the optical bench does. */
export interface OpticalOptions {
  /** For each kind of code and size of picture. */
  readonly showings: number;
  readonly rhythmMs: number;
  /** 0: one pair for the whole showing. */
  readonly regenerationMs: number;
  /** How many times slower than this machine the reading device is taken to be. */
  readonly slowness: number;
  /** Only readers with this in their name. */
  readonly only: string;
  /** Folder of single pictures to read besides. */
  readonly picturesFolder: string | undefined;
}
