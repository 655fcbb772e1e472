import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';

/** One sentence about what happened or must be known. `problem` is read out at once. */
export function Notice({ kind, children }: { kind: 'done' | 'info' | 'problem'; children?: Child }) {
  const icon = kind === 'done' ? 'tick' : kind === 'info' ? 'info' : 'warning';
  return (
    <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}
