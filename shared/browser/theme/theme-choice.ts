/** How a person wants an app to look; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

type App = 'pos' | 'wallet';

const keyOf = (app: App) => `tandem-${app}-theme`;

/** In local storage, not in the database: it has to be known before the first thing is drawn. */
export function loadThemeChoice(app: App): ThemeChoice {
  try {
    const saved = localStorage.getItem(keyOf(app));
    return THEME_CHOICES.find((choice) => choice === saved) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Where storage is forbidden, the choice lasts until the app is closed. */
export function saveThemeChoice(app: App, choice: ThemeChoice): void {
  applyThemeChoice(choice);
  try {
    localStorage.setItem(keyOf(app), choice);
  } catch {
    // A taste, not a record.
  }
}

export function applyThemeChoice(choice: ThemeChoice): void {
  const { dataset } = document.documentElement;
  if (choice === 'system') delete dataset.theme;
  else dataset.theme = choice;
}
