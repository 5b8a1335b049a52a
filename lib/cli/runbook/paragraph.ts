/** What a person's screen has, where nothing else is known. */
export const WIDTH = 80;

/** Where the text after a label begins. */
export const INDENT = 14;

/** Words that come from elsewhere must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** The text in lines of at most so many characters; a word that is longer has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter((each) => each !== '')
    .map(printable)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A label and its text beside it, or, of one that was told already, none. */
export function paragraph(
  label: string,
  text: string,
  style: (label: string) => string = (each) => each,
): readonly string[] {
  const [first = '', ...others] = wrapped(text, WIDTH - INDENT);
  return [`${style(label)}${' '.repeat(Math.max(1, INDENT - label.length))}${first}`, ...others.map(indented)];
}

/** A line under the text of a paragraph. */
export function indented(line: string): string {
  return `${' '.repeat(INDENT)}${line}`;
}

/** A text on one line. */
export function cut(text: string, width: number): string {
  const line = printable(text);
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 3))}...`;
}
