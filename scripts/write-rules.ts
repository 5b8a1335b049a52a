/** Writes the table of rules into README.md. A test compares the two. */
import { readFile, writeFile } from 'node:fs/promises';
import { RULES } from '../lib/topology';

const START = '<!-- rules: written by scripts/write-rules.ts -->';
const END = '<!-- /rules -->';

/** The README with the table of rules as they are now. */
export function withRules(readme: string): string {
  const rows = RULES.map(({ code, severity, about }) => `| \`${code}\` | ${severity} | ${about} |`);
  const table = ['| code | severity | what must hold |', '|---|---|---|', ...rows].join('\n');
  return `${readme.slice(0, readme.indexOf(START) + START.length)}\n${table}\n${readme.slice(readme.indexOf(END))}`;
}

if (require.main === module) {
  void readFile('README.md', 'utf8').then((readme) => writeFile('README.md', withRules(readme)));
}
