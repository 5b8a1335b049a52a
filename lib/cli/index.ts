export { processIo } from './process-io';
export { run } from './run';
export { schemaText } from './schema-text';
export { textTable } from './text-table';
