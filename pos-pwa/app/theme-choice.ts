/** How the cashier wants the till to look; `system` follows the device. A taste, not a record: localStorage will do. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'tandem-pos-theme';

export function loadThemeChoice(): ThemeChoice {
  try {
    const saved = localStorage.getItem(STORAGE_KEY);
    return saved === 'light' || saved === 'dark' ? saved : 'system';
  } catch {
    return 'system';
  }
}

export function saveThemeChoice(choice: ThemeChoice): void {
  applyThemeChoice(choice);
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage for tastes may be forbidden; the choice then lasts until the till is closed.
  }
}

export function applyThemeChoice(choice: ThemeChoice): void {
  const { dataset } = document.documentElement;
  if (choice === 'system') delete dataset.theme;
  else dataset.theme = choice;
}
