import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusalCode, REFUSALS } from '../../../shared/protocol/refusals.ts';
import type { PaymentAnswer, Problem } from '../../../shared/protocol/wire/payments.ts';
import type { ApiClient } from '../../support/api-client.ts';

/** An answer as it came over the wire: what is to be the same again is compared as text, byte for byte. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export type MoneyPath = 'requests' | 'requests/cancel' | 'authorisations' | 'wallet/allowance';

/** Hands a document in once. @returns undefined when no answer of the centre came, or only a part of one */
export async function handIn(client: ApiClient, path: MoneyPath, call: object): Promise<Answer | undefined> {
  try {
    const response = await client.send('POST', path, {
      body: JSON.stringify(call),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return isCentres(response, text) ? { status: response.status, text } : undefined;
  } catch {
    return undefined;
  }
}

/** A proxy's error page is no answer; nor is JSON that was cut off. */
function isCentres(response: Response, text: string): boolean {
  if (!/^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '')) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Hands the same document in until it is decided for ever, as an app's outbox does. */
export async function handInUntilFinal(client: ApiClient, path: MoneyPath, call: object): Promise<Answer> {
  for (let tries = 1; tries <= 200; tries += 1) {
    const answer = await handIn(client, path, call);
    if (answer && isFinal(answer)) return answer;
    await sleep(Math.min(10 * tries, 200));
  }
  throw new Error(`No final answer of ${path} after 200 tries.`);
}

export function isFinal(answer: Answer): boolean {
  if (answer.status === 200) return true;
  const { code } = problemOf(answer);
  return isRefusalCode(code) && REFUSALS[code].isFinal;
}

export function paymentOf(answer: Answer): PaymentAnswer {
  if (answer.status !== 200) throw new Error(`Refused: ${answer.text}`);
  return JSON.parse(answer.text) as PaymentAnswer;
}

export function problemOf(answer: Answer): Problem {
  return JSON.parse(answer.text) as Problem;
}
