/** Runs something later. @returns what calls it off */
export type SetTimer = (run: () => void, delayMs: number) => () => void;

/** The browser's own, for those who take it as a port. */
export const setTimer: SetTimer = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
