/** An accent and what is written on it, for one theme. */
export interface AccentPair {
  readonly accent: string;
  readonly onAccent: string;
}

type Rgb = readonly [number, number, number];

/** The accent is also used for words (links, quiet buttons), so it needs text contrast on its surface. */
const CONTRAST_MIN = 4.5;
/** The surface of each theme that is nearest to the accent: the page in the light, a raised sheet in the dark. */
const SURFACES = { light: '#f4f5f7', dark: '#20242b' } as const;
const INKS = { light: '#ffffff', dark: '#12151a' } as const;

/**
 * Makes a programme's colour fit for use: darkens it (light theme) or lightens it (dark theme) only as far as 4.5:1 on the
 * theme's surfaces asks for.
 * @param colour `#rrggbb`
 * @returns undefined for anything else
 */
export function deriveAccent(colour: string): { light: AccentPair; dark: AccentPair } | undefined {
  const rgb = parseColour(colour);
  if (!rgb) return undefined;
  return { light: adjust(rgb, 'light'), dark: adjust(rgb, 'dark') };
}

/** Sets the programme's accent on a page. Through CSSOM, which a strict content security policy allows. */
export function applyAccent(colour: string, root: HTMLElement = document.documentElement): void {
  const derived = deriveAccent(colour);
  if (!derived) return;
  const { light, dark } = derived;
  root.style.setProperty('--color-accent', `light-dark(${light.accent}, ${dark.accent})`);
  root.style.setProperty('--color-on-accent', `light-dark(${light.onAccent}, ${dark.onAccent})`);
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminanceOf(parseColour(one) ?? [0, 0, 0]), luminanceOf(parseColour(other) ?? [0, 0, 0])];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function adjust(rgb: Rgb, theme: 'light' | 'dark'): AccentPair {
  const target: Rgb = theme === 'light' ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share <= 1; share += 0.02) {
    const accent = formatColour(mix(rgb, target, share));
    if (contrastOf(accent, SURFACES[theme]) < CONTRAST_MIN) continue;
    const onAccent = contrastOf(accent, INKS.light) >= contrastOf(accent, INKS.dark) ? INKS.light : INKS.dark;
    return { accent, onAccent };
  }
  return { accent: formatColour(target), onAccent: theme === 'light' ? INKS.light : INKS.dark };
}

function parseColour(text: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!match) return undefined;
  return [1, 2, 3].map((index) => Number.parseInt(match[index] as string, 16)) as unknown as Rgb;
}

function formatColour(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((channel, index) => channel + (to[index]! - channel) * share) as unknown as Rgb;
}

/** Relative luminance, WCAG 2.2. */
function luminanceOf(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
