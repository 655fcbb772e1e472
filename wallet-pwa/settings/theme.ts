export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'tandem-wallet-theme';

/** In local storage, not in the database: it has to be known before the first thing is drawn. */
export function loadTheme(): Theme {
  try {
    const known = localStorage.getItem(KEY) as Theme | null;
    return known && THEMES.includes(known) ? known : 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') root.removeAttribute('data-theme');
  else root.setAttribute('data-theme', theme);
}

export function saveTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser without storage shows the choice until it is closed.
  }
}
