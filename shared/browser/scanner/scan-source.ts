/** Where a scanned text came from; events and receipts of a scan name it. */
export type ScanSource = 'camera' | 'screen' | 'image' | 'text';

/** What `tandem-scan` carries. */
export interface ScannedText {
  readonly text: string;
  readonly source: ScanSource;
  /** When the picture was taken (not when it was decoded), by the device's own clock. */
  readonly capturedAtMs: number;
}
