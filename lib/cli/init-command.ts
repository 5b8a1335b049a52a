import { dirname, extname, join, relative, sep } from 'node:path';
import type { Command } from './command';
import { EXIT } from './exit-code';
import { starterText, STARTERS, type StarterCloud } from './starter-text';
import { UsageError } from './usage-error';

const SCHEMA = join('node_modules', 'db-understudy', 'schema', 'topology.schema.json');

/** Writes a first topology file. */
export const initCommand: Command = {
  name: 'init',
  summary: 'write a commented first topology file',
  operand: { flags: '[file]', description: 'one YAML file; understudy.topology.yaml when nothing is named' },
  options: [
    { flags: '--cloud <cloud>', description: 'aws, which is the default, or gcp' },
    { flags: '--force', description: 'overwrite the file' },
  ],
  examples: ['understudy init', 'understudy init orders.topology.yaml', 'understudy init --cloud gcp'],
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
    await io.writeFile(file, starterText(schemaPathFrom(file), cloudIn(options['cloud'])), options['force'] === true);
    io.stdout.write(`wrote ${file}; next: understudy check ${file}\n`);
    return EXIT.ok;
  },
};

function cloudIn(cloud: string | boolean | readonly string[] | undefined): StarterCloud {
  if (cloud === undefined) return 'aws';
  const found = Object.keys(STARTERS).find((each) => each === cloud);
  if (found !== undefined) return found as StarterCloud;
  throw new UsageError(`--cloud is ${String(cloud)}`, 'allowed: aws, gcp', 'correct it');
}

/** Editors resolve the schema from the file, the package is installed where the command runs. */
function schemaPathFrom(file: string): string {
  const path = relative(dirname(file), SCHEMA).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
