export interface SubPage {
  readonly name: string;
  readonly href: string;
  /** How many things wait there; said where there are any. */
  readonly count?: number | undefined;
}

interface SubPagesProps {
  readonly label: string;
  readonly pages: readonly SubPage[];
  /** Path of the one that is open. */
  readonly path: string;
}

/** The pages of one topic, beside each other. */
export function SubPages({ label, pages, path }: SubPagesProps) {
  return (
    <nav class="sub-pages" aria-label={label}>
      {pages.map(({ name, href, count = 0 }) => (
        <a href={href} aria-current={path === href ? 'page' : undefined}>
          {name}
          {count > 0 && <span class="count"> {count}</span>}
        </a>
      ))}
    </nav>
  );
}
