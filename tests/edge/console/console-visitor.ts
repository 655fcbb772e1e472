import { env } from 'cloudflare:workers';
import { PASSKEY_PURPOSES } from '../../../shared/protocol/passkey/challenge.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import type { ApiClient } from '../../support/api-client.ts';
import { claimConsole, sendForm } from '../../support/claim-console.ts';
import { challengeOf } from '../../support/enrol.ts';
import type { SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { createClient } from '../support/test-app.ts';

/** A page as somebody without any script has it. */
export interface VisitedPage {
  readonly status: number;
  readonly html: string;
  /** What a person reads: without tags, entities written out. */
  readonly text: string;
  /** Where the browser is sent on to. */
  readonly location: string | undefined;
}

/** Somebody at the console with a browser that runs no script: follows links, fills in forms. */
export class ConsoleVisitor {
  readonly client: ApiClient;
  readonly passkey: SoftwareAuthenticator | undefined;

  constructor(client: ApiClient, passkey?: SoftwareAuthenticator) {
    this.client = client;
    this.passkey = passkey;
  }

  async open(path: string): Promise<VisitedPage> {
    return readPage(await this.client.send('GET', path));
  }

  async send(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<VisitedPage> {
    return readPage(await sendForm(this.client, path, fields, headers));
  }

  /** Sends a form and opens the page that it leads to. */
  async sendAndFollow(path: string, fields: Readonly<Record<string, string>> = {}): Promise<VisitedPage> {
    const sent = await this.send(path, fields);
    if (sent.location === undefined) throw new Error(`The form led nowhere: HTTP ${sent.status}\n${sent.text}`);
    return this.open(sent.location.split('#')[0] ?? '');
  }

  /** Signs in by a passkey, as the page's script does. */
  async signIn(passkey: SoftwareAuthenticator, fields: Readonly<Record<string, string>> = {}): Promise<VisitedPage> {
    const options = await sendForm(this.client, '/centre/sign-in/passkey-options', fields);
    const begun = (await options.json()) as CeremonyAnswer;
    const { challenge } = await challengeOf(begun, PASSKEY_PURPOSES.centreSignIn);
    const response = JSON.stringify(await passkey.assert(challenge));
    return this.send('/centre/sign-in', { ...fields, ceremony: begun.ceremony, response });
  }
}

/** The administrator of a programme that was set up by the console's own forms. */
export async function openConsole(): Promise<ConsoleVisitor> {
  const client = createClient();
  const passkey = await claimConsole(client, env.SETUP_CODE);
  return new ConsoleVisitor(client, passkey);
}

/** What stands in a field of the page. */
export function fieldValue(html: string, name: string): string {
  const [input] = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html) ?? [];
  return /\bvalue="([^"]*)"/.exec(input ?? '')?.[1] ?? '';
}

async function readPage(response: Response): Promise<VisitedPage> {
  const html = await response.text();
  const location = response.headers.get('location') ?? undefined;
  return { status: response.status, html, text: toText(html), location };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function toText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/\s+/g, ' ');
}
