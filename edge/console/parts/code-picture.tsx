import { drawCode } from './draw-code.ts';

/** A link as a QR code: black on white in either theme. `label` says what scanning it does. */
export function CodePicture({ text, label }: { text: string; label: string }) {
  const { sizeModules, path } = drawCode(text);
  return (
    <svg class="code-picture" viewBox={`0 0 ${sizeModules} ${sizeModules}`} role="img" aria-label={label}>
      <rect class="code-light" width={sizeModules} height={sizeModules} />
      <path class="code-dark" d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
