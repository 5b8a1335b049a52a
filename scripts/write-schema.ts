import { writeFileSync } from 'node:fs';
import { schemaText } from '../lib/cli';

// Run at the root of the package.
writeFileSync('schema/topology.schema.json', schemaText());
