/** Writes the table of scenarios into README.md. A test compares the two. */
import { readFile, writeFile } from 'node:fs/promises';
import { SCENARIOS } from '../lib/rehearsal';

const START = '<!-- scenarios: written by scripts/write-scenarios.ts -->';
const END = '<!-- /scenarios -->';

/** The README with the scenarios as they are now. */
export function withScenarios(readme: string): string {
  const rows = SCENARIOS.map(({ name, about, runs }) => {
    const ends = runs.map(({ mode, outcomes }) => `${mode}: ${outcomes.join(' or ')}`);
    return `| \`${name}\` | ${about} | ${ends.join('; ')} |`;
  });
  const table = ['| scenario | what happens | how it may end |', '|---|---|---|', ...rows].join('\n');
  return `${readme.slice(0, readme.indexOf(START) + START.length)}\n${table}\n${readme.slice(readme.indexOf(END))}`;
}

if (require.main === module) {
  void readFile('README.md', 'utf8').then((readme) => writeFile('README.md', withScenarios(readme)));
}
