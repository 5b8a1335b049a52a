import { scenarioJsonSchema } from '../lib/rehearsal';

/** The JSON Schema of scenario files, as it is published. */
export function scenarioSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}
