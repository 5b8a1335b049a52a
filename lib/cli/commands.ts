import { checkCommand } from './check-command';
import type { Command } from './command';
import { diagramCommand } from './diagram-command';
import { initCommand } from './init-command';
import { rehearseCommand } from './rehearse/rehearse-command';
import { abortCommand } from './runbook/abort-command';
import { planCommand } from './runbook/plan-command';
import { promoteCommand } from './runbook/promote-command';
import { statusCommand } from './runbook/status-command';
import { unfenceCommand } from './runbook/unfence-command';
import { schemaCommand } from './schema-command';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  ...[initCommand, checkCommand, diagramCommand, schemaCommand],
  rehearseCommand,
  ...[planCommand, promoteCommand, statusCommand, abortCommand, unfenceCommand],
];
