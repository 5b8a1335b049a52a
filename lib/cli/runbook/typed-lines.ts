import { printable, WIDTH, wrapped } from './paragraph';

const COMMAND = /^(?:([^]*?) )?(understudy (?:plan|promote|status|abort|unfence) [^]*)$/;
/** A word of a shell: quoted parts belong to it. */
const WORDS = /(?:'[^']*'|\\[^]|[^\s'\\])+/g;

/** A sentence, and the command that it ends with. */
export interface Advice {
  readonly sentence: string;
  readonly command?: string;
}

export function adviceIn(text: string): Advice {
  const [, sentence = '', command] = COMMAND.exec(text) ?? [];
  return command === undefined ? { sentence: text } : { sentence, command };
}

/** A sentence and its command, each in lines of their own: the command can be copied as it stands. */
export function adviceLines(text: string): readonly string[] {
  const { sentence, command } = adviceIn(text);
  const told = sentence === '' ? [] : wrapped(sentence, WIDTH);
  return command === undefined ? told : [...told, ...commandLines(command)];
}

/** A command line over several lines, as a POSIX shell takes it. */
export function commandLines(command: string): readonly string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const part of optionsIn(command.match(WORDS) ?? [])) {
    // Two characters are for the backslash.
    if (line.trim() !== '' && line.length + 1 + part.length > WIDTH - 2) {
      lines.push(`${line} \\`);
      line = `    ${part}`;
    } else {
      line = `${line} ${part}`;
    }
  }
  return [...lines, line];
}

/** The command by itself, then each option with its value. */
function optionsIn(words: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const word of words.map((each) => each.split('\n').map(printable).join('\n'))) {
    if (word.startsWith('--') || parts.length === 0) parts.push(word);
    else parts.push(`${parts.pop() ?? ''} ${word}`);
  }
  return parts;
}
