import type { Child } from 'hono/jsx';
import { formatSecretCode } from '../../../shared/protocol/codes/secret-code.ts';
import { CodePicture } from './code-picture.tsx';
import { Moment } from './moment.tsx';

interface CodeSlipProps {
  readonly title: string;
  /** What whoever gets the slip does with it. */
  readonly instruction: Child;
  readonly code: string;
  /** Opens the app with the code filled in; drawn as a QR code. Left out where the code is only typed. */
  readonly link?: string | undefined;
  readonly linkLabel?: string;
  readonly expiresAtMs?: number | undefined;
  readonly timeZone: string;
}

/** A one-time code to scan, to follow and to read out; made to be printed and handed over. */
export function CodeSlip(props: CodeSlipProps) {
  const { title, instruction, link, linkLabel = 'Link', expiresAtMs, timeZone } = props;
  // Grouped or not, as it came: shown in groups.
  const code = formatSecretCode(props.code.replaceAll('-', ''));
  return (
    <div class="slip">
      {link && (
        <div class="slip-picture">
          <CodePicture text={link} label={`QR code: ${title}`} />
        </div>
      )}
      <div class="slip-words">
        <h3>{title}</h3>
        <p>{instruction}</p>
        <p class="slip-code">{code}</p>
        {link && (
          <p class="slip-link">
            <span class="quiet">{linkLabel}: </span>
            <a href={link}>{link}</a>
          </p>
        )}
        <p class="small quiet">
          Works once
          {expiresAtMs !== undefined && (
            <>
              , until <Moment atMs={expiresAtMs} timeZone={timeZone} shape="dayTime" />
            </>
          )}
          . It is shown here only now.
        </p>
        <div class="buttons">
          {link && <CopyButton text={link}>Copy the link</CopyButton>}
          <CopyButton text={code}>Copy the code</CopyButton>
          <button class="button" type="button" data-print hidden>
            Print
          </button>
        </div>
      </div>
    </div>
  );
}

/** Hidden until the script is there to answer it. */
export function CopyButton({ text, children }: { text: string; children?: Child }) {
  return (
    <button class="button" type="button" data-copy={text} data-copied="Copied" hidden>
      {children}
    </button>
  );
}
