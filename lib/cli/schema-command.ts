import type { Command } from './command';
import { EXIT } from './exit-code';
import { schemaText } from './schema-text';

/** Prints the JSON Schema of topology files. */
export const schemaCommand: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of topology files, for editors',
  options: [],
  examples: ['understudy schema > topology.schema.json'],
  run: (_, io) => {
    io.stdout.write(schemaText());
    return Promise.resolve(EXIT.ok);
  },
};
