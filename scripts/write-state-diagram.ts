/** Writes the state diagram of a run into lib/runbook/README.md. A test compares the two. */
import { readFile, writeFile } from 'node:fs/promises';
import { stateDiagram } from '../lib/runbook/decision';

const README = 'lib/runbook/README.md';
const START = '<!-- states: written by scripts/write-state-diagram.ts -->';
const END = '<!-- /states -->';

/** The README with the state diagram as it is now. */
export function withStateDiagram(readme: string): string {
  const diagram = `\`\`\`mermaid\n${stateDiagram()}\n\`\`\``;
  return `${readme.slice(0, readme.indexOf(START) + START.length)}\n\n${diagram}\n\n${readme.slice(readme.indexOf(END))}`;
}

if (require.main === module) {
  void readFile(README, 'utf8').then((readme) => writeFile(README, withStateDiagram(readme)));
}
