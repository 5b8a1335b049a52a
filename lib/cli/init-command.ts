import { dirname, extname, join, relative, sep } from 'node:path';
import type { Command } from './command';
import { EXIT } from './exit-code';
import { starterText } from './starter-text';
import { UsageError } from './usage-error';

const SCHEMA = join('node_modules', 'db-understudy', 'schema', 'topology.schema.json');

/** Writes a first topology file. */
export const initCommand: Command = {
  name: 'init',
  summary: 'write a commented first topology file',
  operand: { flags: '[file]', description: 'one YAML file; understudy.topology.yaml when nothing is named' },
  options: [{ flags: '--force', description: 'overwrite the file' }],
  examples: ['understudy init', 'understudy init orders.topology.yaml'],
  async run({ operands, options }, io) {
    const file = operands[0] ?? 'understudy.topology.yaml';
    const extension = extname(file);
    if (extension !== '.yaml' && extension !== '.yml') {
      throw new UsageError(
        `init writes YAML, and ${file} ends with ${extension || 'no extension'}`,
        'allowed: .yaml, .yml',
        `name it ${file.slice(0, file.length - extension.length)}.yaml`,
      );
    }
    await io.writeFile(file, starterText(schemaPathFrom(file)), options['force'] === true);
    io.stdout.write(`wrote ${file}; next: understudy check ${file}\n`);
    return EXIT.ok;
  },
};

/** Editors resolve the schema from the file, the package is installed where the command runs. */
function schemaPathFrom(file: string): string {
  const path = relative(dirname(file), SCHEMA).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
