/** Nothing in it means anything to a shell, at the beginning of a word neither. */
const PLAIN = /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,=-]*$/;

/** A text as one word of a POSIX shell. A NUL, which no argument can carry, is left out. */
export function shellQuote(text: string): string {
  const word = text.replaceAll('\0', '');
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
