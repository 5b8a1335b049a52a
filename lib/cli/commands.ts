import { checkCommand } from './check-command';
import type { Command } from './command';
import { diagramCommand } from './diagram-command';
import { initCommand } from './init-command';
import { schemaCommand } from './schema-command';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [initCommand, checkCommand, diagramCommand, schemaCommand];
