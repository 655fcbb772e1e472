interface PagerProps {
  /** Address of the next, older page; none on the last. */
  readonly nextHref?: string | undefined;
  /** Back to the newest; none on the first. */
  readonly firstHref?: string | undefined;
}

export function Pager({ nextHref, firstHref }: PagerProps) {
  if (!nextHref && !firstHref) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {firstHref ? <a href={firstHref}>Newest</a> : <span />}
      {nextHref && (
        <a href={nextHref} rel="next">
          Older
        </a>
      )}
    </nav>
  );
}
