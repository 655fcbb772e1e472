import { formatMoment } from '../parts/format-time.ts';
import { say } from '../say.ts';
import type { Terminal } from '../till/terminal.ts';

export interface SupportFact {
  readonly label: string;
  readonly value: string;
}

export interface SupportSituation {
  readonly batchNo: string;
  readonly lastTraceKey: string;
  readonly isStorageKept: boolean;
  readonly hasClock: boolean;
  readonly version: string;
}

/** What someone who helps over the telephone asks for. Nothing in it is secret. */
export function listSupportFacts(
  { record, certificate }: Terminal,
  situation: SupportSituation,
): readonly SupportFact[] {
  const { merchantNo, terminalId, shopName, expiresAtSeconds } = certificate.content;
  return [
    { label: say('settings.programme'), value: record.programme.name },
    { label: say('settings.shop'), value: shopName },
    { label: say('settings.merchant'), value: merchantNo },
    { label: say('settings.terminal'), value: terminalId },
    { label: say('settings.batch'), value: situation.batchNo },
    { label: say('settings.last-payment'), value: situation.lastTraceKey },
    { label: say('settings.certificate'), value: formatMoment(expiresAtSeconds * 1000) },
    {
      label: say('settings.clock'),
      value: say(situation.hasClock ? 'settings.clock-right' : 'settings.clock-unknown'),
    },
    {
      label: say('settings.storage'),
      value: say(situation.isStorageKept ? 'settings.storage-kept' : 'settings.storage-loose'),
    },
    { label: say('settings.version'), value: situation.version },
  ];
}
