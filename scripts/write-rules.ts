/** Writes the table of rules into README.md. A test compares the two. */
import { readFile, writeFile } from 'node:fs/promises';
import { RULES, rulesOf, TOPOLOGY_KINDS, type Rule } from '../lib/topology';

const START = '<!-- rules: written by scripts/write-rules.ts -->';
const END = '<!-- /rules -->';

/** The README with the table of rules as they are now. */
export function withRules(readme: string): string {
  const rows = RULES.map((rule) => `| \`${rule.code}\` | ${rule.severity} | ${placeOf(rule)} | ${rule.about} |`);
  const table = ['| code | severity | where | what must hold |', '|---|---|---|---|', ...rows].join('\n');
  return `${readme.slice(0, readme.indexOf(START) + START.length)}\n${table}\n${readme.slice(readme.indexOf(END))}`;
}

/** On Google, of which kinds on AWS, or anywhere. */
function placeOf(rule: Rule): string {
  if (!rulesOf('aws').includes(rule)) return 'Google';
  if (rule.kinds.length < TOPOLOGY_KINDS.length) return rule.kinds.join(', ');
  return rulesOf('gcp').includes(rule) ? 'all' : 'AWS';
}

if (require.main === module) {
  void readFile('README.md', 'utf8').then((readme) => writeFile('README.md', withRules(readme)));
}
