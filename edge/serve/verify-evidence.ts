import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { encodeHex } from '../../shared/protocol/bytes.ts';
import { type ProvenDoubleSpend, verifyEvidence } from '../../shared/protocol/offline/verify-evidence.ts';
import { REFUSALS } from '../../shared/protocol/refusals.ts';
import { EvidenceFile } from '../../shared/protocol/wire/offline-evidence.ts';

/** `npm run verify-evidence FILE`. */
const HELP = `npm run verify-evidence -- FILE

Checks a file of evidence of a double spending (console: Offline, Double spends) with the public keys in it and nothing else.
Ends with 0: proven; 1: genuine or not, it proves nothing; 2: it could not be read.`;

const PROVEN = 0;
const NOT_PROVEN = 1;
const UNREADABLE = 2;

const CONTRADICTIONS: Record<ProvenDoubleSpend['contradiction'], string> = {
  'same-place': 'Both take the same place in the chain of the allowance, where there is room for one.',
  'same-predecessor': 'Both follow the same consent, which can be followed by one.',
  'broken-join': 'One comes directly after the other, and names another as the one before it.',
  'sum-too-small': 'The later one counts less than had been given by then.',
  'not-given': 'The closing statement of the same wallet hides this consent.',
};

process.exitCode = await run(process.argv[2]);

async function run(path: string | undefined): Promise<number> {
  if (path === undefined) {
    console.error(HELP);
    return UNREADABLE;
  }
  if (path === '--help') {
    console.log(HELP);
    return PROVEN;
  }
  const file = readFile(path);
  if (typeof file === 'string') {
    console.error(`${path} cannot be read as evidence: ${file}`);
    return UNREADABLE;
  }
  const proven = await verifyEvidence(file);
  if (!proven.ok) {
    console.log(`Not proven: ${REFUSALS[proven.code].meaning} (${proven.code})`);
    return NOT_PROVEN;
  }
  for (const line of describeProof(file, proven.value)) console.log(line);
  return PROVEN;
}

/** @returns why not, where it is none */
function readFile(path: string): EvidenceFile | string {
  try {
    const parsed = v.safeParse(EvidenceFile, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : `${v.getDotPath(parsed.issues[0]) ?? 'it'} is not as it should be.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function describeProof({ programme }: EvidenceFile, { wallet, contradiction, consents }: ProvenDoubleSpend): string[] {
  const { serial, issuer, currency, exponent } = wallet.content;
  return [
    `Proven: the wallet with certificate ${encodeHex(serial)}, of participant ${issuer} in ${programme}, was spent twice.`,
    CONTRADICTIONS[contradiction],
    ...consents.map(
      ({ amountMinor, authorisedAtMs, requestHash, link }) =>
        `  ${(amountMinor / 10 ** exponent).toFixed(exponent)} ${currency} on ${new Date(authorisedAtMs).toISOString()}, place ${link?.counter}, for request ${encodeHex(requestHash)}`,
    ),
    'All signatures are good: of the centre on the certificate, of the phone and of its passkey on each consent.',
  ];
}
