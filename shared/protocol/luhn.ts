/** The check digit of ISO/IEC 7812-1 annex B (Luhn) for a string of decimal digits. */
export function computeLuhnDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (sum % 10)) % 10);
}

export function hasLuhnDigit(digits: string): boolean {
  return digits.length > 1 && computeLuhnDigit(digits.slice(0, -1)) === digits.at(-1);
}
