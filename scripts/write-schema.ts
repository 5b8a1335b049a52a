import { writeFileSync } from 'node:fs';
import { schemaText } from '../lib/cli';
import { scenarioSchemaText } from './scenario-schema-text';

// Run at the root of the package.
writeFileSync('schema/topology.schema.json', schemaText());
writeFileSync('schema/scenario.schema.json', scenarioSchemaText());
