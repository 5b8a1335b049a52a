import { topologyJsonSchema } from '../topology';

/** The JSON Schema of topology files, as it is published. */
export function schemaText(): string {
  return `${JSON.stringify(topologyJsonSchema(), null, 2)}\n`;
}
