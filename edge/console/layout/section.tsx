import type { Child } from 'hono/jsx';

interface SectionProps {
  readonly title: string;
  /** Names the place in the address, and the fragment that is kept fresh. */
  readonly id: string;
  readonly note?: Child;
  readonly actions?: Child;
  /** Seconds after which the script fetches this section again. */
  readonly refreshSeconds?: number;
  /** The section is then taken over only when it is in another state than the one shown, whatever has the focus. */
  readonly refreshState?: string;
  readonly children?: Child;
}

/** A part of a page under its own heading. */
export function Section({ title, id, note, actions, refreshSeconds, refreshState, children }: SectionProps) {
  return (
    <section
      class="section"
      id={id}
      aria-labelledby={`${id}-title`}
      data-refresh-seconds={refreshSeconds}
      data-refresh-state={refreshState}
    >
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <p class="section-note">{note}</p>}
        {actions && <div class="section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
